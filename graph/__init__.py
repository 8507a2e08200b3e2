"""graph: statements + decisions + register → a graph that answers questions.

Imports records of `corpus` and `pipeline`, the database drivers, networkx and pandas; never an extractor, `zhengmai` or Streamlit.
"""
