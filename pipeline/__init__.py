"""pipeline: one document → statements. Pure and offline: clean, structure, segment, extract, link.

Imports records and readers of `corpus` and NLP libraries; never `graph`, `zhengmai`, Streamlit or Neo4j.
"""
