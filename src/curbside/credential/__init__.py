"""The door between the two sides: rolls, editions and zero-knowledge proofs, as docs/wire-format.md defines them.

Plain Python without Django, so that anyone can check an edition or a proof without running a site. Nothing in
here may learn who a doctor is: it sees commitments, roots and nullifiers only.
"""
