"""``python -m curbside`` is ``curbside``."""

from curbside.command import main

main()
