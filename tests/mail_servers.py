"""Real mail servers for tests: Dovecot (IMAP) and Exim (SMTP) from Debian, on loopback, as an unprivileged user."""

from __future__ import annotations

import base64
import grp
import ipaddress
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"
PASSWORD = "a password with “signs” \\ and spaces"
DOVECOT, EXIM = (shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("dovecot", "exim4"))
needs_dovecot = pytest.mark.skipif(DOVECOT is None, reason="skipped: no dovecot")
needs_exim = pytest.mark.skipif(EXIM is None, reason="skipped: no exim4")
CAN_SWITCH = os.geteuid() == 0
USER = pwd.getpwnam("nobody") if CAN_SWITCH else pwd.getpwuid(os.geteuid())


class Server:
    """A server's process, as the unprivileged user, until it is stopped; it may be started again."""

    def __init__(self, argv: list[str], port: int, log: Path) -> None:
        self.argv, self.port, self.log = argv, port, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        as_user = {"user": USER.pw_uid, "group": USER.pw_gid, "extra_groups": []} if CAN_SWITCH else {}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user)
        until(self._answers, self.log)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((HERE, self.port), 1):
            return True
        return False


class Imap(NamedTuple):
    """Dovecot: its process, the certificate to trust, and where letters lie."""

    server: Server
    certificate: Path
    mail: Path

    def address(self, user: str = "news@basit.example", folder: str = "INBOX") -> str:
        return f"imaps://{user}@{HERE}:{self.server.port}/{folder}"

    def put(self, letter: bytes, name: str, user: str = "news@basit.example", folder: str = "") -> None:
        """A letter as it is delivered to a maildir."""
        box = self.mail / user / folder
        for part in ("", "cur", "new", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
        (box / "tmp" / name).write_bytes(letter)
        give(self.mail)
        (box / "tmp" / name).rename(box / "new" / name)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the unprivileged user reaches, which pytest's own are not; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="habeas-mail-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def until(is_so: Callable[[], bool], log: Path | None = None, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, log.read_text() if log else "it did not happen in time"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as held:
        held.bind((HERE, 0))
        return int(held.getsockname()[1])


def give(folder: Path) -> None:
    """The folder, and all in it, belongs to the unprivileged user."""
    if CAN_SWITCH:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, USER.pw_uid, USER.pw_gid)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that this machine may be trusted by, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, serialization.NoEncryption()))
    return public, private


def dovecot(folder: Path) -> Imap:
    """A server with a mailbox for whoever knows the password."""
    public, private = certificate(folder)
    port = free_port()
    user, group = USER.pw_name, grp.getgrgid(USER.pw_gid).gr_name
    known = base64.b64encode(PASSWORD.encode()).decode()
    config = f"""
protocols = imap
listen = {HERE}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
ssl = required
ssl_cert = <{public}
ssl_key = <{private}
auth_mechanisms = plain
disable_plaintext_auth = yes
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
    (folder / "dovecot.conf").write_text(config)
    (folder / "users").write_text(f"news@basit.example:{{PLAIN.b64}}{known}\n")
    (folder / "mail").mkdir()
    (folder / "log").touch()
    give(folder)
    server = Server([str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")], port, folder / "log")
    return Imap(server, public, folder / "mail")


def exim(folder: Path) -> Server:
    """A server that takes mail for anybody at basit.example, a file a letter in `mail`."""
    port = free_port()
    (folder / "mail").mkdir()
    config = f"""
exim_path = {EXIM}
exim_user = {USER.pw_uid}
exim_group = {USER.pw_gid}
never_users =
keep_environment =
primary_hostname = mail.basit.example
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
pid_file_path = {folder}/pid
local_interfaces = {HERE}
daemon_smtp_ports = {port}
tls_advertise_hosts =
deliver_drop_privilege = true
acl_smtp_rcpt = accept domains = basit.example
queue_only = false
begin routers
all:
  driver = accept
  transport = files
begin transports
files:
  driver = appendfile
  maildir_format
  directory = {folder}/mail
  create_directory
"""
    (folder / "exim.conf").write_text(config)
    (folder / "log").touch()
    give(folder)
    argv = [str(EXIM), "-C", str(folder / "exim.conf"), "-bdf", "-q1m", "-oX", str(port)]
    return Server(argv, port, folder / "log")
