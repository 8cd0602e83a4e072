"""Pictures: received without what their files tell, sealed, looked at for text and faces, decided upon, and shown under a thread.

No row says who sent a picture. While it hangs nowhere, its address carries a tag that only its sender's sign-in fits (pictures.access).
"""
