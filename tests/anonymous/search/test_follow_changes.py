from pathlib import Path

import pytest
from django.test import Client
from tantivy import Index, Query

from curbside.anonymous.cases.actions import edit_case, erase_cases_of, remove_case
from curbside.anonymous.cases.documents import CaseText
from curbside.anonymous.discussion.actions import remove_comment
from curbside.anonymous.membership.models import Member
from curbside.anonymous.sealing.actions import forget_order, seal_text
from curbside.anonymous.search.finding import Question, find
from curbside.anonymous.search.following import REBUILD_AFTER, IndexKeeper
from curbside.anonymous.search.place import IndexFolder
from tests.anonymous.cases.queries import named_queries
from tests.anonymous.search.asking import answered, titles, told
from tests.anonymous.search.conftest import Hours

pytestmark = pytest.mark.django_db(databases=["default", "ring"])


def total(typed: str) -> int:
    """What the index holds, whether or not it may still be shown."""
    return find(Question(typed)).total


def test_an_index_built_late_holds_what_was_written_before(author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Lupus")
    answered(case, author, "Lupus it is.")
    assert keeper.build() == 2
    assert total("lupus") == 2


def test_a_new_text_is_found_after_one_step(as_other: Client, author: Member, keeper: IndexKeeper) -> None:
    told(author, "Lupus")
    assert titles(as_other, "lupus") == []
    assert keeper.follow()
    assert titles(as_other, "lupus") == ["Lupus"]
    assert not keeper.follow()


def test_where_nothing_changed_one_query_is_made(keeper: IndexKeeper) -> None:
    with named_queries() as queries:
        keeper.follow()
    assert queries == ["select sealing_changecount"]


def test_an_edited_text_is_found_by_its_new_words_only_and_its_comments_by_its_new_place(author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Lupus")
    answered(case, author, "A comment on nephritis.")
    keeper.follow()
    edit_case(case=case, author=author, specialty="rheumatology", language="en", text=CaseText("Scleroderma", "Tight skin.", "Well?"))
    keeper.follow()
    assert (total("lupus"), total("scleroderma"), total("nephritis")) == (0, 1, 1)
    [hit] = find(Question("nephritis")).hits
    assert hit.specialty == "Rheumatology"


def test_an_erased_comment_leaves_the_index(author: Member, keeper: IndexKeeper) -> None:
    comment = answered(told(author, "Lupus"), author, "A comment on nephritis.")
    keeper.follow()
    remove_comment(comment=comment)
    keeper.follow()
    assert (total("nephritis"), total("lupus")) == (0, 1)


def test_a_removed_case_leaves_the_index_with_all_its_comments(author: Member, other: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Lupus")
    answered(case, other, "A comment on nephritis.")
    told(author, "Scleroderma")
    keeper.follow()
    remove_case(case=case)
    keeper.follow()
    assert (total("nephritis"), total("lupus"), total("scleroderma")) == (0, 0, 1)


def test_what_a_leaving_member_wrote_leaves_the_index(author: Member, keeper: IndexKeeper) -> None:
    told(author, "Lupus")
    told(author, "Scleroderma")
    keeper.follow()
    erase_cases_of(member=author)
    keeper.follow()
    assert (total("lupus"), total("scleroderma")) == (0, 0)


def test_words_of_what_was_erased_leave_the_files_within_the_hour(
    author: Member, keeper: IndexKeeper, hours: Hours, search_dir: Path
) -> None:
    case = told(author, "Xylomelanosis")
    told(author, "Scleroderma")
    keeper.follow()
    assert "xylomelanosis" in words_kept(search_dir)
    remove_case(case=case)
    keeper.follow()
    hours.now = REBUILD_AFTER
    keeper.follow()
    assert "xylomelanosis" not in words_kept(search_dir)
    assert "scleroderma" in words_kept(search_dir)


def words_kept(folder: Path) -> set[str]:
    """Every word in the index's files, those of deleted texts included."""
    return {word for word, _count in opened(folder).searcher().terms_with_prefix("word", "", limit=10_000)}


def opened(folder: Path) -> Index:
    generation = IndexFolder(folder).current()
    assert generation is not None
    return Index.open(str(generation))


def test_of_a_text_the_index_gives_back_ids_alone(author: Member, keeper: IndexKeeper, search_dir: Path) -> None:
    case = told(author, "Xylomelanosis of the knee", "She walked her dog in the park.")
    keeper.follow()
    searcher = opened(search_dir).searcher()
    [(_score, address)] = searcher.search(Query.all_query()).hits
    assert searcher.doc(address).to_dict() == {"text_id": [case.text_id], "page_id": [case.pk], "kind": ["case"], "within": [0]}
    content = b"".join(file.read_bytes() for file in search_dir.rglob("*") if file.is_file()).lower()
    for private in (b"walked her", b"the park", author.pseudonym.encode()):
        assert private not in content


def test_a_sealed_text_of_another_room_is_passed_over(author: Member, keeper: IndexKeeper) -> None:
    seal_text(document={"body": "A private message on lupus."})
    assert keeper.follow()
    assert total("lupus") == 0


def test_a_stopped_keeper_leaves_nothing(author: Member, keeper: IndexKeeper, search_dir: Path) -> None:
    told(author, "Lupus")
    keeper.follow()
    keeper.clear()
    assert [file.name for file in search_dir.rglob("*") if file.is_file()] == ["lock"]


def test_an_index_in_step_goes_on_after_forgetting(author: Member, keeper: IndexKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    told(author, "Lupus")
    keeper.follow()
    forget_order()
    forget_order()
    monkeypatch.setattr(keeper, "build", lambda: pytest.fail("nothing was missed, so nothing is read anew"))
    assert not keeper.follow()
    told(author, "Lupus again")
    assert keeper.follow()
    assert total("lupus") == 2


def test_an_index_that_fell_behind_what_is_forgotten_reads_everything_anew(author: Member, keeper: IndexKeeper) -> None:
    case = told(author, "Lupus")
    keeper.follow()
    told(author, "Scleroderma")
    remove_case(case=case)
    forget_order()
    forget_order()
    assert keeper.follow()
    assert (total("lupus"), total("scleroderma")) == (0, 1)
