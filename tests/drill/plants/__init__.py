"""What careless changes would write: each plant spoils a copy of a clean haul, and at least one attacker must notice.

Planting knows who is who, as a site's own code would at the moment it wrote; the attackers do not.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.drill.plants import persons, posts, stores, texts
from tests.drill.plants.field import Field

PLANTS: dict[str, Callable[[Field], None]] = {
    "exact-join-time": persons.exact_join_time,
    "sequential-ids": persons.sequential_ids,
    "address-in-log": persons.address_in_log,
    "pseudonym-in-named-log": persons.pseudonym_in_named_log,
    "commitment-beside-member": persons.commitment_beside_member,
    "one-passkey-for-both": persons.one_passkey_for_both,
    "excerpt-in-cache": texts.excerpt_in_cache,
    "excerpt-in-log": texts.excerpt_in_log,
    "key-beside-text": texts.key_beside_text,
    "ids-in-order-of-verification": persons.ids_in_order_of_verification,
    "accept-language-kept": persons.accept_language_kept,
    "edition-without-k": persons.edition_of_join_without_k,
    "author-beside-nobody": posts.author_beside_nobody,
    "quotas-kept": posts.quotas_kept,
    "order-of-texts-kept": posts.order_of_texts_kept,
    "one-number-for-all-posts": posts.one_number_for_all_posts,
    "quota-of-every-day": posts.quota_of_every_day,
    "posts-not-padded": posts.posts_not_padded,
    "ticket-beside-nobody": posts.ticket_beside_nobody,
    "owner-beside-alias": posts.owner_beside_alias,
    "ticket-beside-alias": posts.ticket_beside_alias,
    "sender-beside-picture": posts.sender_beside_picture,
    "composer-dated": posts.composer_dated,
    "one-mark-for-all-threads": posts.one_mark_for_all_threads,
    "marks-without-a-key": posts.marks_without_a_key,
    "visits-dated": stores.visits_dated,
    "vouched-for-whom-one-writes-to": stores.vouched_for_whom_one_writes_to,
    "words-in-tasks": stores.words_in_tasks,
    "pages-in-a-table": stores.pages_in_a_table,
    "index-on-disk": stores.index_on_disk,
    "picture-in-clear": stores.picture_in_clear,
    "times-of-pictures": stores.times_of_pictures,
    "thread-beside-notification": posts.thread_beside_notification,
    "message-for-the-server": texts.message_for_the_server,
    "ring-among-text-backups": texts.ring_among_text_backups,
    "freed-pages-kept": texts.freed_pages_kept,
}


def planted(clean: Path, target: Path, name: str) -> Path:
    """A copy of the clean haul, by hard links, with one plant in it."""
    shutil.copytree(clean, target, copy_function=os.link)
    PLANTS[name](Field(target))
    return target
