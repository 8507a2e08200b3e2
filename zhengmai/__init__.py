"""zhengmai: what users do, over corpus, pipeline and graph; the command line and the pages only call it.

Plain functions over records. Never imports Streamlit, never holds Cypher or SQL.
"""
