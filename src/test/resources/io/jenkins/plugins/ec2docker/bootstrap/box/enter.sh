#!/bin/bash
# Runs SCRIPT, by its path there, in a box: as root with ROOT as its root file system. To be started in a mount namespace of its own.
# The machine's /usr is there, read-only, with BIN, the stand-ins for what would leave the box, before all else on the PATH of the boot script.
set -euo pipefail
root=$1
bin=$2
script=$3

mkdir -p "$root"/{usr,proc,dev,etc/alternatives,etc/pki/rpm-gpg,etc/yum.repos.d,opt,run,tmp,var/log,root}
mount --rbind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr"
mount --bind "$bin" "$root/usr/local/bin"
mount -t tmpfs none "$root/usr/local/sbin"
for name in bin sbin lib lib64; do
    if [ -L "/$name" ]; then
        ln -sfn "$(readlink "/$name")" "$root/$name"
    elif [ -d "/$name" ]; then
        mkdir -p "$root/$name"
        mount --rbind "/$name" "$root/$name"
    fi
done
mount --bind /etc/alternatives "$root/etc/alternatives"
mount --rbind /proc "$root/proc"
touch "$root/dev/null" "$root/dev/console"
mount --bind /dev/null "$root/dev/null"
# Nearly nothing in the environment, as under cloud-init.
exec /usr/sbin/chroot "$root" /usr/bin/env -i LANG=C.UTF-8 PATH=/usr/bin:/bin "$script"
