"""No program reads a file that a render does not need, or changes any, by whatever name, way or descriptor."""

import re
from pathlib import Path

import pytest
from tests.render_worker.hostile.arena import Arena

PLACES = {
    "the-systems": """
        open("/etc/passwd").read()
        open("/etc/shadow").read()
        open("/etc/hostname").read()
        open("/etc/ssl/openssl.cnf").read()
        os.listdir("/etc")
        os.listdir("/")
        os.listdir("/root")
        os.listdir("/home")
        os.listdir("/tmp")
        os.listdir("/var/log")
        os.listdir("/dev")
        os.listdir("/dev/shm")
        """,
    "the-services": """
        open(T.file).read()
        os.listdir(T.directory)
        os.listdir(T.home)
        os.listdir(T.home + "/pg")
        os.listdir(T.home + "/postgres")
        os.listdir(T.home + "/redis")
        open(T.home + "/postgres.log").read()
        open(T.home + "/map-data/manifest.json").read()
        os.listdir(os.environ["HOME"])
        os.listdir(os.environ["HOME"] + "/.xatra")
        """,
    "what-others-uploaded-and-rendered": """
        open(T.upload).read()
        os.listdir(T.store)
        os.listdir(T.store + "/files")
        os.listdir(T.store + "/artefacts")
        open("secret.csv").read()
        """,
    "the-owners": """
        open(os.path.expanduser("~/.ssh/id_rsa"))
        open("/root/.bash_history")
        open(os.path.expanduser("~root/.netrc"))
        open("/run/secrets/guest_secret")
        open("/var/run/docker.sock")
        open("/var/run/secrets/kubernetes.io/serviceaccount/token")
        """,
}

READERS = """
    open(T.file).read()
    open(T.file, "rb", buffering=0).read()
    open(os.open(T.file, os.O_RDONLY)).read()
    __import__("io").FileIO(T.file).read()
    __import__("_io").open(T.file).read()
    __import__("_io").open_code(T.file).read()
    __import__("pathlib").Path(T.file).read_text()
    __import__("codecs").open(T.file).read()
    __import__("linecache").getlines(T.file)[0]
    __import__("tokenize").open(T.file).read()
    __import__("fileinput").input(T.file).readline()
    __import__("runpy").run_path(T.file)
    __import__("importlib.machinery").machinery.SourceFileLoader("x", T.file).get_data(T.file)
    __import__("importlib.util").util.spec_from_file_location("x", T.file).loader.load_module()
    __import__("zipimport").zipimporter(T.file)
    __import__("zipfile").ZipFile(T.file).namelist()
    __import__("tarfile").open(T.file).getnames()
    __import__("mmap").mmap(os.open(T.file, os.O_RDONLY), 0)[:]
    __import__("urllib.request").request.urlopen("file://" + T.file).read()
    __import__("shutil").copyfile(T.file, "/dev/null")
    __import__("sqlite3").connect(f"file:{T.file}?mode=ro", uri=True).execute("SELECT 1 FROM sqlite_master").fetchall()
    __import__("dbm").open(T.file)
    __import__("configparser").ConfigParser().read_file(open(T.file))
    __import__("dotenv").dotenv_values(T.file)["x"]
    __import__("numpy").fromfile(T.file, dtype="u1").tobytes()
    __import__("numpy").memmap(T.file, dtype="u1", mode="r").tobytes()
    __import__("numpy").loadtxt(T.file, dtype=str)
    __import__("pandas").read_csv(T.file)
    __import__("pandas").read_csv(T.file, engine="python")
    __import__("pandas").read_csv("file://" + T.file)
    __import__("pandas").read_fwf(T.file)
    __import__("matplotlib.image").image.imread(T.file)
    __import__("matplotlib").rc_params_from_file(T.file, use_default_template=False)
    __import__("xml.etree.ElementTree").etree.ElementTree.parse(T.file)
    ctypes.CDLL(T.file)
    LIBC.fopen(T.file.encode(), b"r") or checked(-1)
    checked(LIBC.open(T.file.encode(), 0))
    raw("openat", -100 & (1 << 64) - 1, T.file.encode(), 0, 0)
    raw("openat2", -100 & (1 << 64) - 1, T.file.encode(), bytes(24), 24)
    raw("open", T.file.encode(), 0, 0)
    raw("open_tree", -100 & (1 << 64) - 1, T.file.encode(), 0)
    raw("name_to_handle_at", -100 & (1 << 64) - 1, T.file.encode(), struct.pack("ii", 128, 0) + bytes(128), bytes(4), 0)
    raw("open_by_handle_at", -100 & (1 << 64) - 1, struct.pack("ii", 8, 1) + bytes(128), 0)
    """

GAMES = """
    open(f"../../../../../..{T.file}").read()
    open(f"x/../../../../../..{T.file}").read()
    open(f"mine.csv/../../../../../..{T.file}").read()
    open(f"/usr/lib/../..{T.file}").read()
    open(f"//{T.file}").read()
    open(f"/proc/self/root{T.file}").read()
    open(f"/proc/thread-self/root{T.file}").read()
    open(f"/proc/{T.parent}/root{T.file}").read()
    open(f"/proc/self/cwd/../../../../../..{T.file}").read()
    open(f"/proc/self/fd/{os.open('/', os.O_PATH)}{T.file}").read()
    open(f"/dev/fd/{os.open(T.file, os.O_PATH)}").read()
    open(f"/proc/self/fd/{os.open(T.file, os.O_PATH)}").read()
    os.read(os.open(T.file, os.O_PATH), 100)
    os.open(os.path.basename(T.file), os.O_RDONLY, dir_fd=os.open(T.directory, os.O_PATH))
    os.open("." + T.file, os.O_RDONLY, dir_fd=os.open("/", os.O_PATH))
    os.open("../.." + T.file, os.O_RDONLY, dir_fd=os.open("/usr/lib", os.O_RDONLY))
    os.chdir(T.directory)
    os.fchdir(os.open(T.directory, os.O_PATH))
    os.chroot("/usr/lib")
    os.symlink(T.file, "link")
    os.link(T.file, "link")
    os.symlink(T.file, "/tmp/link")
    os.rename(T.file, "/usr/lib/file")
    open(type("Path", (), {"__fspath__": lambda self, turns=iter(["mine.csv"]): next(turns, T.file)})()).read() == open("mine.csv").read() and checked(-1)
    open(b"mine.csv\\0" + T.file.encode()).read()
    open("mine.csv\\0").read()
    """

WRITERS = """
    open(T.file, "w").write("owned")
    open(T.file, "r+").write("owned")
    open(T.directory + "/new", "x")
    __import__("io").FileIO(T.file, "w")
    __import__("_io").open(T.file, "a")
    os.open(T.file, os.O_WRONLY)
    os.open(T.file, os.O_RDWR | os.O_APPEND)
    os.open(T.file, os.O_RDONLY | os.O_TRUNC)
    os.open(T.directory + "/new", os.O_CREAT)
    os.open(T.directory, os.O_RDWR | os.O_TMPFILE)
    os.mkdir(T.directory + "/new")
    os.mkfifo(T.directory + "/new")
    os.mknod(T.directory + "/new")
    os.link(T.file, T.directory + "/new")
    os.symlink("x", T.directory + "/new")
    os.rename(T.file, T.directory + "/new")
    os.replace(T.file, T.directory + "/new")
    os.unlink(T.file)
    os.rmdir(T.directory)
    os.truncate(T.file, 0)
    os.chmod(T.file, 0)
    os.chown(T.file, 1, 1)
    os.utime(T.file)
    os.setxattr(T.file, "user.x", b"x")
    raw("sync")
    __import__("shutil").rmtree(T.directory)
    __import__("tempfile").mkdtemp(dir=T.directory)
    __import__("tempfile").TemporaryFile(dir=T.directory)
    __import__("tempfile").mkstemp()
    __import__("sqlite3").connect(T.directory + "/new").execute("CREATE TABLE x (y)")
    __import__("shelve").open(T.directory + "/new")
    __import__("numpy").save(T.directory + "/new", [1])
    __import__("pandas").DataFrame().to_csv(T.directory + "/new")
    __import__("py_compile").compile(__import__("json").__file__, T.directory + "/new")
    __import__("logging").FileHandler(T.directory + "/new")
    __import__("matplotlib.figure").figure.Figure().savefig(T.directory + "/new.png")
    __import__("mmap").mmap(os.open(T.file, os.O_RDWR), 0)
    raw("creat", (T.directory + "/new").encode(), 0o777)
    raw("open", T.file.encode(), os.O_WRONLY, 0)
    raw("openat", -100 & (1 << 64) - 1, (T.directory + "/new").encode(), os.O_CREAT, 0o777)
    raw("openat2", -100 & (1 << 64) - 1, T.file.encode(), struct.pack("QQQ", 1, 0, 0), 24)
    raw("unlink", T.file.encode())
    raw("renameat2", -100 & (1 << 64) - 1, T.file.encode(), -100 & (1 << 64) - 1, b"/tmp/x", 0)
    raw("ftruncate", os.open(T.file, os.O_PATH), 0)
    raw("fallocate", os.open(T.file, os.O_PATH), 0, 0, 100)
    raw("pwrite64", END, b"x", 1, 0)
    raw("copy_file_range", END, None, 0, None, 1, 0)
    """

LOCKS = """
    __import__("fcntl").flock(open(DATA), 2)
    __import__("fcntl").lockf(open(DATA), 1)
    raw("fcntl", open(DATA).fileno(), 6, struct.pack("hhqqi", 0, 0, 0, 0, 0) + bytes(8))
    raw("fcntl", open(DATA).fileno(), 37, struct.pack("hhqqi", 0, 0, 0, 0, 0) + bytes(8))
    raw("fcntl", open(DATA).fileno(), 1024, 0)
    raw("fcntl", os.open("/usr/lib", os.O_RDONLY), 1026, 0x80000001)
    raw("inotify_init1", 0)
    raw("fanotify_init", 0, 0)
    """


@pytest.mark.parametrize("expressions", PLACES.values(), ids=PLACES)
def test_nothing_is_read_of(arena: Arena, expressions: str):
    outcome = arena.try_all(expressions)
    assert outcome.got == {}
    assert set(outcome.refused.values()) <= {"EACCES", "ENOENT", "FileNotFoundError"}


@pytest.mark.parametrize(
    "reader",
    [line.strip() for line in READERS.strip().splitlines()],
    ids=lambda reader: re.split(r"\(T\.|, |\(os", reader)[0],
)
def test_a_file_that_everyone_may_read_is_not_read_by(arena: Arena, reader: str):
    assert arena.try_all(reader).got == {}


def test_no_name_leads_out(arena: Arena):
    sha256 = arena.put("mine.csv", b"mine,x\n1,2\n").json()["sha256"]
    assert arena.try_all(GAMES, files={"mine.csv": sha256}).got == {}


def test_a_file_that_everyone_may_write_is_not_written(arena: Arena):
    assert arena.try_all(WRITERS).got == {}


@pytest.mark.parametrize(
    "place",
    ["/tmp", "/var/tmp", "/dev/shm", "/run", ".", "/proc/self/cwd", "~", "~/.xatra/data", "~/matplotlib", "/usr/lib"],
)
def test_there_is_no_place_to_write_in(arena: Arena, place: str):
    outcome = arena.try_all(f"""
        raw("openat", -100 & (1 << 64) - 1, os.path.expanduser("{place}/owned").encode(), os.O_CREAT | os.O_WRONLY, 0o777)
        raw("openat", -100 & (1 << 64) - 1, os.path.expanduser("{place}/owned").encode(), os.O_CREAT, 0o777)
        raw("openat", -100 & (1 << 64) - 1, os.path.expanduser("{place}").encode(), os.O_TMPFILE | os.O_RDWR, 0o777)
        raw("mkdirat", -100 & (1 << 64) - 1, os.path.expanduser("{place}/owned").encode(), 0o777)
        raw("mknodat", -100 & (1 << 64) - 1, os.path.expanduser("{place}/owned").encode(), 0o777, 0)
        raw("symlinkat", b"/etc", -100 & (1 << 64) - 1, os.path.expanduser("{place}/owned").encode())
        """)
    assert outcome.got == {}


def test_files_that_it_may_read_are_neither_locked_nor_watched(arena: Arena):
    body = "import glob\nDATA = glob.glob(os.path.expanduser('~/.xatra/data/gadm/*'))[0]\n"
    expressions = [line.strip() for line in LOCKS.strip().splitlines()]
    outcome = arena.attack(body + f"for line in {expressions!r}: attempt(line)")
    assert outcome.got == {}
    assert len(outcome.refused) == len(expressions)


def test_what_was_uploaded_stays_as_it_is(arena: Arena):
    sha256 = arena.put("mine.csv", b"mine,x\n3,4\n").json()["sha256"]
    outcome = arena.try_all(
        """
        os.write(open("mine.csv").fileno(), b"x")
        os.ftruncate(open("mine.csv").fileno(), 0)
        open(f"/proc/self/fd/{open('mine.csv').fileno()}", "r+")
        raw("openat", 0, f"/proc/self/fd/{open('mine.csv').fileno()}".encode(), os.O_RDWR, 0)
        __import__("mmap").mmap(open("mine.csv").fileno(), 4)
        raw("fcntl", open("mine.csv").fileno(), 1033, 1)
        raw("pwrite64", open("mine.csv").fileno(), b"x", 1, 0)
        """,
        files={"mine.csv": sha256},
    )
    assert outcome.got == {}
    assert "mine,x" in arena.attack("print(open('mine.csv').read())", files={"mine.csv": sha256}).output


def test_no_descriptor_leads_anywhere_but_to_the_supervisor(arena: Arena):
    sha256 = arena.put("mine.csv", b"mine,x\n5,6\n").json()["sha256"]
    outcome = arena.attack(
        """
for number in range(65536):
    if is_open(number):
        print(number, stat.S_IFMT(os.fstat(number).st_mode), os.fstat(number).st_rdev, os.readlink(f"/proc/self/fd/{number}").split(":")[0])
""",
        files={"mine.csv": sha256},
    )
    null, socket, memory = f"8192 {Path('/dev/null').stat().st_rdev} /dev/null", "49152 0 socket", "32768 0 /memfd"
    found = [line.split(" ", 1)[1] for line in outcome.output.splitlines()]
    assert sorted(found) == sorted([null, null, null, socket, memory])


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/passwd", "a/b.csv", "..", ".", "", " x", "x\n", "x\0.csv", "C:\\x", "x" * 101, "a/../b"]
)
def test_no_file_comes_with_a_name_like(arena: Arena, name: str):
    answer = arena.ask("x = 1", {name: arena.upload})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:xatra:problem:invalid-request")
    arena.assert_unharmed()


@pytest.mark.parametrize("sha256", ["../../../etc/passwd", "f" * 64, "F" * 64, "%2e%2e%2f", "", "0" * 63 + "\n"])
def test_no_file_comes_from(arena: Arena, sha256: str):
    answer = arena.ask("x = 1", {"x.csv": sha256})
    assert answer.status_code == 422
    arena.assert_unharmed()


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/cron.d/x", "x\n.csv", "x\0.csv", "..\\x.csv", ""])
def test_nothing_is_uploaded_as(arena: Arena, name: str):
    assert arena.put(name, b"a,b\n1,2\n").status_code == 422
    arena.assert_unharmed()


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ('open("/etc/passwd")', "Upload what it needs with the map"),
        ('import os\nos.listdir("/")', "Upload what it needs with the map"),
        ('open("/proc/self/environ")', "Upload what it needs with the map"),
        ('open("/tmp/map.html", "w")', "cannot write files: the map that you show() is the result"),
        ("import tempfile\ntempfile.TemporaryFile()", "cannot write files: the map that you show() is the result"),
    ],
    ids=["a-file", "a-directory", "the-environment", "a-place-to-write", "a-temporary-file"],
)
def test_who_wants_is_told_what_to_do_instead_of(arena: Arena, program: str, sentence: str):
    outcome = arena.attack(program, prelude=False)
    assert outcome.error == ("author", "PermissionError")
    assert sentence in outcome.message


def test_who_wants_a_file_that_was_not_uploaded_is_told_which_were(arena: Arena):
    sha256 = arena.put("mine.csv", b"mine,x\n7,8\n").json()["sha256"]
    outcome = arena.attack('open("../secret.csv")', files={"mine.csv": sha256}, prelude=False)
    assert outcome.error == ("author", "FileNotFoundError")
    assert "the uploaded files are mine.csv" in outcome.message
