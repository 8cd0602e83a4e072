"""Opens pictures and DICOM without their metadata, finds text and faces in them, and blacks out what a person confirmed.

Plain Python: usable without Django. Nothing here writes a file but the command line, and nothing logs a value.
"""
