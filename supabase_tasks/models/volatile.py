"""What the models may ask that no list of files, looks and variables can hold: then nothing is remembered.

Audit events (https://docs.python.org/3/library/audit_events.html) where Python raises one; where it raises none, the
functions that `substitutes` puts in their place for as long as the models are imported.
"""

from __future__ import annotations

# By the beginning of an event's name. Names of this machine (`socket.gethostname`) are part of the memo's context.
_EVENTS = (
    *("subprocess.", "os.system", "os.posix_spawn", "os.spawn", "os.exec", "os.fork", "os.startfile", "pty.spawn"),
    *("socket.", "http.", "urllib.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib."),
    *("sqlite3.", "ctypes.dlopen", "ctypes.dlsym", "ctypes.string_at", "ctypes.cdata", "builtins.input"),
    *("os.getxattr", "os.listxattr", "winreg.", "fcntl."),
)
_HARMLESS = frozenset(("socket.gethostname", "socket.sethostname"))

# Functions that answer differently each time, or by the process: module, names.
CLOCKS = {
    "time": (
        *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
        *("process_time", "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime", "clock_gettime_ns"),
    ),
}
# The same when they are called without a time of the caller's: how many arguments make the answer a fixed one.
CALENDARS = {"time": {"localtime": 1, "gmtime": 1, "ctime": 1, "asctime": 1, "strftime": 2}}
DICE = {
    "os": ("urandom", "getrandom"),
    "random": ("_urandom",),
    "_uuid": ("generate_time_safe",),
    "uuid": ("_generate_time_safe", "_UuidCreate", "getnode"),
}
PROCESS = {
    "os": (
        *("getpid", "getppid", "getpgid", "getpgrp", "getsid", "getlogin", "getloadavg", "times", "getpriority"),
        *("isatty", "ttyname", "get_terminal_size", "statvfs", "fstatvfs", "umask", "pipe", "sched_getscheduler"),
        *("sysconf", "pathconf", "fpathconf", "nice"),
    ),
    "_thread": ("start_new_thread", "start_joinable_thread"),
    "_posixsubprocess": ("fork_exec",),
    "resource": ("getrusage", "getrlimit"),
    "pwd": ("getpwuid", "getpwnam", "getpwall"),
    "grp": ("getgrgid", "getgrnam", "getgrall"),
}
# What `os` is made from: nothing but `os` and the import system has a reason to call it, so no answer is noted.
BELOW = dict.fromkeys(
    ("posix", "nt"),
    (
        "stat",
        "lstat",
        "fstat",
        "access",
        "readlink",
        "read",
        "getpid",
        "getppid",
        "urandom",
        "times",
        "statvfs",
        "umask",
    ),
)
# Python's own names for what was asked, where the function's name would tell an author nothing.
SPOKEN = {
    "random._urandom": "the system's random numbers",
    "uuid._generate_time_safe": "uuid.uuid1",
    "uuid._UuidCreate": "uuid.uuid1",
    "_posixsubprocess.fork_exec": "another process",
}
# Libraries whose native code opens files or connections by itself; an import of one by the author's line is enough.
NATIVE = frozenset(
    (
        *(
            "duckdb",
            "polars",
            "pyarrow",
            "lxml",
            "h5py",
            "tables",
            "netCDF4",
            "lmdb",
            "rocksdb",
            "cffi",
            "pycurl",
            "grpc",
        ),
        *("pyodbc", "MySQLdb", "pymssql", "oracledb", "cx_Oracle", "apsw", "pysqlite3", "psycopg2", "asyncpg"),
        *("cv2", "rasterio", "fiona", "osgeo", "pyogrio", "zmq", "pysqlcipher3", "fitz", "sqlean", "chdb", "libsql"),
    )
)


def is_volatile(event: str) -> bool:
    """Whether an audit event tells of something that cannot be remembered."""
    return event.startswith(_EVENTS) and event not in _HARMLESS
