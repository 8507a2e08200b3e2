"""What components leave on the document that spaCy's own readers use."""

from __future__ import annotations

from corpus.readers import read
from pipeline.clean import clean
from pipeline.components import build_language
from pipeline.structure import read_structure


def test_sentences_of_the_document_are_those_that_were_found() -> None:
    source = read("数据共享的困境\n\n部门之间标准不一。数据难以共享！应当建立统一目录；并明确责任。\n".encode(), name="文.txt")
    structure = read_structure(clean(source), source)
    language = build_language()
    doc = language.make_doc(structure.clean_text)
    doc._.structure = structure
    doc = dict(language.pipeline)["sentences.marks.v1"](doc)
    assert [sentence.start for sentence in doc._.sentences] == [span.start_char for span in doc.sents]
    assert len(list(doc.sents)) >= 4
