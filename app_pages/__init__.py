"""app_pages: the web page, one file a page; widgets in, view models out. `_parts` holds what pages share.

Imports `zhengmai`, records and questions of `graph`, records of `corpus` and `pipeline`, and Streamlit; never Cypher, SQL, readers or extractors.
"""
