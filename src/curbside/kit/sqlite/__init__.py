"""Django's SQLite backend on pysqlite3: SQLite before 3.51.3 can corrupt a WAL database when two connections checkpoint at once."""
