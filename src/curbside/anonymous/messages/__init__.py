"""Private messages between two members, encrypted in their browsers from end to end.

The server holds each message as an age file that only the two members' keys open, and seals it once more (sealing), so that erasing
its key in the ring erases it from every backup. It must never hold a message in clear, a private key, a passkey's PRF output or the
words behind a key, nor a record of who read what.

What a thief of the database sees, and so does the operator: which two pseudonyms have a conversation and who asked for it while it
waits; who wrote each message and in which minute; in which of four size classes it falls; who has a message key, since which day;
that a member compared a fingerprint with some other. What an operator who changes the running pages can do
besides: hand out another key (the fingerprint shows it) or another script. The server can leave out, repeat and reorder messages;
it cannot make one that passes for a member's, because each carries a code under the two members' common secret.
"""
