"""training: how the shipped weights are made from the annotated documents. Never imported when the program runs.

May import `pipeline`, `corpus` and PyTorch; nothing imports it. `python -m training` is the one command.
"""
