"""What an answer rests on: a PMID or a DOI in its form, or experience; sealed with the words, and links that tell nobody who reads."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from curbside.anonymous.cases.models import Case
from curbside.anonymous.discussion.evidence import MOST_SOURCES, Source
from curbside.anonymous.discussion.models import Comment
from curbside.anonymous.discussion.queries import comment_text
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.models import SealedText
from curbside.kit.clock import today
from curbside.kit.ids import public_id
from tests.anonymous.cases.cast import a_comment, page_of, words_of

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def answer(client: Client, case: Case, status: int = 302, **fields: str) -> str:
    response = client.post(reverse("discussion:post_comment", args=[case.thread_id]), {"body": "Test it.", **fields})
    assert response.status_code == status
    return words_of(response)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12345678", "pmid:12345678"),
        ("PMID: 7", "pmid:7"),
        ("pmid 31978945", "pmid:31978945"),
        ("https://pubmed.ncbi.nlm.nih.gov/31978945/", "pmid:31978945"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/31978945?report=abstract", "pmid:31978945"),
        ("10.1056/NEJMoa2001017", "doi:10.1056/nejmoa2001017"),
        ("doi:10.1016/S0140-6736(20)30183-5.", "doi:10.1016/s0140-6736(20)30183-5"),
        ("https://doi.org/10.1016%2FS0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
        ("dx.doi.org/10.1002/abc.1#top", "doi:10.1002/abc.1"),
    ],
)
def test_what_one_types_or_pastes_is_read_alike(typed: str, read: str) -> None:
    source = Source.read(typed)
    assert str(source) == read
    assert Source.read(read) == source


@pytest.mark.parametrize(
    "typed",
    ["", "0", "123456789", "12a", "١٢٣", "10.1/x", "10.1234/", "10.1234567890/x", "javascript:alert(1)", "https://evil.example/10.1056/x",
     "10.1056/<script>", '10.1056/"onclick=', "https://doi.org@evil.example/10.1056/x", "10.1056/" + "x" * 300],
)  # fmt: skip
def test_anything_else_is_neither(typed: str) -> None:
    assert Source.read(typed) is None


@given(st.text(max_size=80) | st.from_regex(r"10\.[0-9]{4,9}/[-._;()/:A-Z0-9a-z]+", fullmatch=True) | st.integers().map(str))
def test_what_is_read_reads_the_same_again_and_links_where_it_says(typed: str) -> None:
    source = Source.read(typed)
    if source is not None:
        assert Source.read(str(source)) == source
        assert re.fullmatch(r"https://(doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/[-A-Za-z0-9._;()/:%]+", source.address)


def test_an_answer_shows_its_articles_as_links_that_tell_nobody_who_reads(
    as_other: Client, as_author: Client, other: Member, case: Case
) -> None:
    Member.objects.filter(pk=other.pk).update(joined_on=today().replace(year=today().year - 1))
    answer(as_other, case, evidence="PMID: 31978945, https://doi.org/10.1056/NEJMoa2001017 31978945", experience="on")
    words = words_of(as_author.get(page_of(case)))
    for address in ("https://pubmed.ncbi.nlm.nih.gov/31978945/", "https://doi.org/10.1056/nejmoa2001017"):
        [link] = re.findall(rf'<a href="{re.escape(address)}"[^>]*>', words)
        assert 'rel="noopener noreferrer nofollow"' in link
        assert 'referrerpolicy="no-referrer"' in link
    assert "from experience" in words


def test_links_of_new_members_wait_here_too(as_other: Client, as_author: Client, case: Case) -> None:
    answer(as_other, case, evidence="31978945")
    words = words_of(as_author.get(page_of(case)))
    assert "PMID 31978945" in words
    assert "pubmed.ncbi" not in words


def test_it_is_sealed_with_the_words(as_other: Client, case: Case) -> None:
    answer(as_other, case, evidence="31978945", experience="on")
    comment = Comment.objects.get()
    text = comment_text(comment)
    assert (text.sources, text.experience) == ((Source("pmid", "31978945"),), True)
    assert b"31978945" not in bytes(SealedText.objects.get(pk=comment.text_id).ciphertext)
    assert "31978945" not in str(Comment.objects.filter(pk=comment.pk).values_list().get())


def test_what_is_no_article_is_named_and_all_that_was_typed_is_kept(as_other: Client, case: Case) -> None:
    words = answer(as_other, case, status=422, evidence="31978945 Braunwald", experience="on")
    assert "“Braunwald” is neither a PMID nor a DOI." in words
    assert "Test it." in words
    assert 'value="31978945 Braunwald"' in words
    assert not Comment.objects.exists()


def test_so_many_fit_and_no_more(as_other: Client, case: Case) -> None:
    many = " ".join(str(number) for number in range(1, MOST_SOURCES + 2))
    assert f"At most {MOST_SOURCES} articles fit." in answer(as_other, case, status=422, evidence=many)
    answer(as_other, case, status=422, evidence="1 " * 2_000)
    answer(as_other, case, evidence=many.rpartition(" ")[0])


def test_a_number_of_an_article_is_not_taken_for_a_patients(as_other: Client, case: Case) -> None:
    answer(as_other, case, evidence="31978945 10.1016/S0140-6736(20)30183-5")
    assert Comment.objects.get().shown


def test_an_edit_begins_with_what_stands_there(as_other: Client, other: Member, case: Case) -> None:
    answer(as_other, case, evidence="31978945", experience="on")
    comment = Comment.objects.get()
    address = f"/comments/{public_id(comment.pk)}/edit/"
    words = words_of(as_other.get(address))
    assert 'value="pmid:31978945"' in words
    assert "checked" in words
    as_other.post(address, {"body": "Test it.", "evidence": "doi:10.1056/x"})
    assert comment_text(comment).sources == (Source("doi", "10.1056/x"),)
    assert not comment_text(comment).experience


def test_an_objection_can_cite_too(as_author: Client, other: Member, case: Case) -> None:
    comment = a_comment(case, other)
    as_author.post(reverse("discussion:warn_of_comment", args=[comment.pk]), {"body": "No.", "evidence": "31978945"})
    assert comment_text(Comment.objects.get(warns_of=comment)).sources == (Source("pmid", "31978945"),)


def test_a_preview_says_what_is_wrong_with_it(as_other: Client) -> None:
    response = as_other.post("/comments/preview/", {"body": "x", "evidence": "Braunwald"})
    assert "is neither a PMID nor a DOI" in words_of(response)
