# A machine as docs/bare-machine.md wants it, with the programs of an image of ours.
ARG PROGRAMS
FROM $PROGRAMS
USER root
RUN apt-get -qq update \
    && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        dbus gettext-base nginx openssl postgresql redis-server systemd systemd-sysv \
    && rm -rf /var/lib/apt/lists/* \
    && systemctl mask systemd-networkd-wait-online systemd-udevd systemd-logind
# What an engine without user namespaces, or with few rights of its own, cannot give to Redis' unit.
RUN mkdir /etc/systemd/system/redis-server.service.d \
    && printf '[Service]\nPrivateUsers=no\nLimitNOFILE=1024\n' >/etc/systemd/system/redis-server.service.d/container.conf
STOPSIGNAL SIGRTMIN+3
# Where the engine gives it the former kind of control groups, it takes the one that systemd needs. Mounts are seen by all
# processes, as on a machine: by them systemd hands out credentials.
CMD ["sh", "-c", "[ -e /sys/fs/cgroup/cgroup.procs ] || { umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup; }; mount --make-rshared / && exec /sbin/init"]
