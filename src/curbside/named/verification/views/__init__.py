"""Pages of verification: the applicant's own, a colleague's who vouches, and the registrars'."""
