lock:
	.venv/bin/uv pip compile -q pyproject.toml --generate-hashes --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" -o requirements.lock
	.venv/bin/uv pip compile -q pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" -o requirements-dev.lock
