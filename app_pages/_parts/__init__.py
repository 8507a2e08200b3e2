"""_parts: what the pages share: the address (URL), words in two languages, marked text, cards, the map, tables, and the way to the workspace.

Document text is escaped in one place, `html.shown`; nothing of a document is ever given to Markdown, to a label or to a script.
"""
