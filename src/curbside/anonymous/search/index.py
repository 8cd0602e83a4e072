"""The shape of the index: ids, the words of each text with their stems, and what results are narrowed by. It holds no text whole."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tantivy import Document, Index, IndexWriter, Query, Schema, SchemaBuilder

from curbside.anonymous.conditions.folding import folded_words
from curbside.anonymous.search.sources import SearchText
from curbside.anonymous.search.stems import stems_of

WITH_PICTURES: Final = "yes"
_WRITER_MEMORY: Final = 64_000_000
"""Bytes before a segment is written."""


def _schema() -> Schema:
    shape = SchemaBuilder()
    shape.add_unsigned_field("text_id", stored=True, indexed=True)
    shape.add_unsigned_field("page_id", stored=True, indexed=True)
    shape.add_text_field("kind", stored=True, tokenizer_name="raw", index_option="basic")
    shape.add_unsigned_field("within", stored=True)
    for filtered in ("specialty", "language", "stage", "pictures", "code"):
        shape.add_text_field(filtered, tokenizer_name="raw", index_option="basic")
    for moment in ("minute", "closes"):
        shape.add_unsigned_field(moment, indexed=True, fast=True)
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


def delete_texts(writer: IndexWriter, *, text_ids: Collection[int], page_ids: Collection[int]) -> None:
    """Take texts out, and everything on some pages.

    By query: tantivy's deletion by term deletes nothing where the field is a number, and says nothing.
    """
    for column, values in (("text_id", text_ids), ("page_id", page_ids)):
        for value in values:
            writer.delete_documents_by_query(Query.term_query(SCHEMA, column, value))


def pages_of(index: Index, text_ids: Collection[int]) -> set[int]:
    """The cases and polls whose own text, not merely one on their page, is among the texts in the index."""
    if not text_ids:
        return set()
    index.reload()
    searcher = index.searcher()
    found = searcher.search(Query.term_set_query(SCHEMA, "text_id", list(text_ids)), limit=len(text_ids), count=False)
    documents = [searcher.doc(address) for _score, address in found.hits]
    return {int(document["page_id"][0]) for document in documents if not document["within"][0]}


def _document(text: SearchText) -> Document:
    page, head = text.page, folded_words(text.head)
    words = head + folded_words(text.body)
    stems = stems_of(words, page.language)
    made = Document()
    numbers = {"text_id": text.text_id, "page_id": page.page_id, "minute": as_minute(text.minute), "within": int(text.within)}
    for column, number in numbers.items():
        made.add_unsigned(column, number)
    if page.closes_at:
        made.add_unsigned("closes", as_minute(page.closes_at))
    where = {"specialty": page.specialty, "language": page.language, "stage": page.stage}
    filtered = {"kind": text.kind, **where, "pictures": WITH_PICTURES if page.pictures else ""}
    for column, value in (*filtered.items(), *(("code", code) for code in text.codes)):
        if value:
            made.add_text(column, value)
    for column, tokens in (("word", words), ("stem", stems), ("head", stems[: len(head)])):
        made.add_text(column, " ".join(tokens))
    return made
