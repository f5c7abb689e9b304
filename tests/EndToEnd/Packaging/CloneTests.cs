using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>install.sh in a clone, on this machine: what it writes goes to layers above the machine's folders, in a mount namespace of its
/// own.</summary>
public sealed class CloneTests
{
    private const string Script =
        """
        set -e
        layers=$(mktemp -d)
        mount -t tmpfs tmpfs "$layers"
        for folder in /usr/local /etc /var /opt; do
          mkdir -p "$layers$folder/upper" "$layers$folder/work"
          mount -t overlay -o "lowerdir=$folder,upperdir=$layers$folder/upper,workdir=$layers$folder/work" overlay $folder
        done
        mount -t tmpfs tmpfs /run
        ip link set lo up
        rm -rf /var/lib/netctl /etc/netctl
        cd "$1"
        everything() { find /usr/local /etc /var /opt -not -path '*/.git/*' | sort; getent group; }
        everything >"$layers/before"
        ./netlab/install.sh
        echo "version: $(/usr/local/bin/netctl --version)"
        /usr/local/bin/netctl lab list -q | head -n 1
        ./netlab/install.sh --uninstall
        everything | diff "$layers/before" - && echo "nothing is left"
        """;

    [KernelFact]
    public void A_clone_is_installed_and_removed_again()
    {
        CommandResult result = Command.TryRun(
            "env", $"NETCTL_PUBLISHED={Path.GetDirectoryName(DebianRoot.Binary)}",
            "unshare", "--net", "--mount", "--propagation", "private", "--", "sh", "-c", Script, "sh", TestHost.RepositoryRoot());

        Assert.True(result.ExitCode == 0, $"{result}");
        Assert.Contains("systemd does not run here: start \"netctl daemon\", as root", result.Output, StringComparison.Ordinal);
        Assert.Contains("version: netctl version ", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("netctl is removed\nnothing is left\n", result.Output, StringComparison.Ordinal);
    }
}
