"""corpus: the documents as received and what people curate: records, readers, catalogue, decisions, the register of concepts, samples.

Imports the standard library, file-format readers and name matching; nothing else of ours. It never interprets a text.
"""
