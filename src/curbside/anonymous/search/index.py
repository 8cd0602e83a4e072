"""The shape of the index: ids, the words of each text with their stems, and what results are narrowed by. It holds no text whole."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tantivy import Document, Index, IndexWriter, Query, Schema, SchemaBuilder

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.search.sources import COMMENT, SearchText
from curbside.anonymous.search.stems import stems_of

_WRITER_MEMORY: Final = 64_000_000
"""Bytes before a segment is written."""


def _schema() -> Schema:
    shape = SchemaBuilder()
    shape.add_unsigned_field("text_id", stored=True, indexed=True)
    shape.add_unsigned_field("case_id", stored=True, indexed=True)
    shape.add_text_field("kind", stored=True, tokenizer_name="raw", index_option="basic")
    shape.add_text_field("specialty", tokenizer_name="raw", index_option="basic")
    shape.add_text_field("language", tokenizer_name="raw", index_option="basic")
    shape.add_unsigned_field("minute", indexed=True, fast=True)
    for words in ("word", "stem"):
        shape.add_text_field(words, tokenizer_name="whitespace", index_option="position")
    shape.add_text_field("head", tokenizer_name="whitespace", index_option="freq")
    return shape.build()


SCHEMA: Final = _schema()


def new_index(folder: Path) -> tuple[Index, IndexWriter]:
    """An empty index, and what writes it."""
    index = Index(SCHEMA, path=str(folder))
    # One thread: the order of adding and deleting is then the order of calls, and the machine's other core serves readers.
    return index, index.writer(heap_size=_WRITER_MEMORY, num_threads=1)


def as_minute(moment: datetime) -> int:
    """Minutes since 1970, never less than none."""
    return max(0, int(moment.timestamp()) // 60)


def add_texts(writer: IndexWriter, texts: Sequence[SearchText]) -> None:
    """Put texts in."""
    for text in texts:
        writer.add_document(_document(text))


def delete_texts(writer: IndexWriter, *, text_ids: Collection[int], case_ids: Collection[int]) -> None:
    """Take texts out, and everything of some cases.

    By query: tantivy's deletion by term deletes nothing where the field is a number, and says nothing.
    """
    for column, values in (("text_id", text_ids), ("case_id", case_ids)):
        for value in values:
            writer.delete_documents_by_query(Query.term_query(SCHEMA, column, value))


def cases_of(index: Index, text_ids: Collection[int]) -> set[int]:
    """The cases whose own text, not merely a comment, is among the texts in the index."""
    if not text_ids:
        return set()
    index.reload()
    searcher = index.searcher()
    found = searcher.search(Query.term_set_query(SCHEMA, "text_id", list(text_ids)), limit=len(text_ids), count=False)
    documents = [searcher.doc(address) for _score, address in found.hits]
    return {int(document["case_id"][0]) for document in documents if document["kind"][0] != COMMENT}


def _document(text: SearchText) -> Document:
    head = folded_words(text.head)
    words = head + folded_words(text.body)
    stems = stems_of(words, text.language)
    made = Document()
    made.add_unsigned("text_id", text.text_id)
    made.add_unsigned("case_id", text.case_id)
    made.add_unsigned("minute", as_minute(text.minute))
    for column, value in (("kind", text.kind), ("specialty", text.specialty), ("language", text.language)):
        made.add_text(column, value)
    for column, tokens in (("word", words), ("stem", stems), ("head", stems[: len(head)])):
        made.add_text(column, " ".join(tokens))
    return made
