using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Labs;

/// <summary>What the <c>Vagrantfile</c> refuses before anything is made. Ruby reads it here as Vagrant does, with a few words of Vagrant's;
/// <c>netlab/vm/test.sh</c> has the machines.</summary>
public sealed class VagrantfileTests
{
    private const string VagrantsWords =
        """
        module Vagrant
          def self.require_version(*) = nil
          def self.has_plugin?(name) = ENV["PLUGIN"] != "no" && name == "vagrant-libvirt"
          def self.configure(_) = puts("configured")
        end
        """;

    // A machine that has all: libvirt listens, and there is room. $1 is the folder of the clone, $2 what is different, $3 the command line.
    private const string Machine =
        """
        set -e
        cd "$1"
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /var/lib
        [ ! -d /etc/libvirt ] || mount -t tmpfs tmpfs /etc/libvirt
        mkdir -p /run/libvirt /var/lib/libvirt/images programs
        mount -t tmpfs -o size=8g tmpfs /var/lib/libvirt/images
        available() {
          sed "s/^MemAvailable:.*/MemAvailable: $(($1 * 1024)) kB/" /proc/meminfo >"memory$1"
          mount --bind "memory$1" /proc/meminfo
        }
        available 8000
        nc -lkU /run/libvirt/libvirt-sock >/dev/null & id=$!
        libvirt_ends() { kill $id && wait $id || true; }
        trap 'libvirt_ends 2>/dev/null' EXIT
        timeout 60 sh -c 'until nc -NU /run/libvirt/libvirt-sock </dev/null 2>/dev/null; do sleep 0.1; done'
        as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups env "$@"; }
        unset LIBVIRT_DEFAULT_URI VAGRANT_DEFAULT_PROVIDER
        env= as=env
        eval "$2"
        $as PATH="$PWD/programs:$PATH" $env ruby -r ./words.rb Vagrantfile $3
        """;

    private static readonly (string Different, string Words, string Message)[] Refused =
    [
        ("libvirt_ends", "up", "libvirt does not listen at /run/libvirt/libvirt-sock: start it with \"systemctl start libvirtd\""),
        ("rm /run/libvirt/libvirt-sock", "up host1 --provider libvirt", "libvirt does not listen at /run/libvirt/libvirt-sock: start it"),
        ("chmod 770 /run/libvirt/libvirt-sock; as=as_user", "up", "libvirt's socket /run/libvirt/libvirt-sock is not open to you: be root"),
        ("env=PLUGIN=no", "up", "Vagrant's provider libvirt is not there: install it, on Debian with \"netlab/packages.sh vm\""),
        ("available 2400", "up", "2400 MiB of memory are available and 2560 are needed for two virtual machines: end other programs"),
        ("available 1000", "--debug up host2", "1000 MiB of memory are available and 1280 are needed for a virtual machine: end other"),
        ("available 5000; env=NETLAB_VM_MEMORY=4000", "up", "5000 MiB of memory are available and 8512 are needed for two"),
        ("mount -t tmpfs -o size=2g tmpfs /var/lib/libvirt/images", "up", "/var/lib/libvirt/images has 2 GiB free and 3 are needed: make"),
        ("env=NETLAB_BOX=/root/nofile", "up", "the box /root/nofile is not a file: make one with netlab/vm/make-box.sh"),
        ("env=NETLAB_BOX=artifacts/vm/nofile", "up", "the box artifacts/vm/nofile is not a file: make one with netlab/vm/make-box.sh"),
        ("env=NETLAB_BOX=./nofile", "up", "the box ./nofile is not a file: make one with netlab/vm/make-box.sh"),
        ("env=NETLAB_BOX=/run", "up", "the box /run is not a file: make one with netlab/vm/make-box.sh"),
        ("env=NETLAB_BOX=nofile.box", "up", "the box nofile.box is not a file: make one with netlab/vm/make-box.sh"),
    ];

    // Of machines that are there already, of other commands and of other providers nothing is asked.
    private static readonly (string Different, string Words)[] Taken =
    [
        ("true", "up"),
        ("env=NETLAB_BOX=generic/debian12", "up"),
        ("env=NETLAB_BOX=netlab-debian", "up"),
        ("libvirt_ends; available 100", "status"),
        ("libvirt_ends; available 100", "destroy -f"),
        ("libvirt_ends; available 100", "ssh host1 -c up"),
        ("libvirt_ends; available 100", "up --provider virtualbox"),
        ("libvirt_ends; available 100", "up --provider=virtualbox"),
        ("libvirt_ends; available 100; env=VAGRANT_DEFAULT_PROVIDER=virtualbox", "up"),
        ("libvirt_ends; available 100; env=PLUGIN=no; printf '#!/bin/sh\n' >programs/VBoxManage; chmod +x programs/VBoxManage", "up"),
        ("libvirt_ends; available 100; mkdir -p .vagrant/machines/host1/virtualbox; echo 1 >.vagrant/machines/host1/virtualbox/id", "up"),
        ("libvirt_ends; available 100; env=LIBVIRT_DEFAULT_URI=qemu+ssh://other/system", "up"),
        ("available 1300; mkdir -p .vagrant/machines/host1/libvirt; echo 1 >.vagrant/machines/host1/libvirt/id", "up"),
        ("mv /run/libvirt/libvirt-sock /run/libvirt/virtqemud-sock", "up"),
    ];

    [ProgramFact("ruby")]
    public void What_libvirt_or_the_machine_lacks_is_said_before_anything_is_made() => Assert.All(Refused, one =>
    {
        CommandResult result = Read(one.Different, one.Words);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"netlab: {one.Message}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    });

    [ProgramFact("ruby")]
    public void Nothing_else_is_refused() => Assert.All(Taken, one =>
    {
        CommandResult result = Read(one.Different, one.Words);
        Assert.True((result.ExitCode, result.Output, result.Error) == (0, "configured\n", ""), result.ToString());
    });

    private static CommandResult Read(string different, string words)
    {
        string root = TestHost.RepositoryRoot();
        string clone = Directory.CreateTempSubdirectory("netctl-clone-").FullName;
        try
        {
            Command.Run(
                "sh", "-ec",
                """
                chmod 755 "$1"
                mkdir -p "$1/netlab" "$1/artifacts/packages"
                cp -R "$0/netlab/vm" "$1/netlab"
                cp "$0/Vagrantfile" "$1"
                : >"$1/artifacts/packages/netctl_1_amd64.deb"
                """,
                root, clone);
            File.WriteAllText(Path.Combine(clone, "words.rb"), VagrantsWords);
            return Command.TryRun(
                "unshare", "--net", "--mount", "--propagation", "private", "--", "bash", "-c", Machine, "bash", clone, different, words);
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }
}
