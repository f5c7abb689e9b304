using Net.Linux;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Linux;

/// <summary>What a test of this project leaves on the machine, also when it fails: nothing.</summary>
public sealed class HostNamespaceTests
{
    [KernelFact]
    public void A_body_that_fails_halfway_leaves_no_link_namespace_mount_rule_file_or_process()
    {
        string before = Machine();
        string? inside = null;
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => HostNamespace.Run(host =>
        {
            using NetworkNamespace other = host.NewNamespace("leftover-other");
            Command.Run("ip link add leftover-br type bridge");
            Command.Run("ip link add leftover-a type veth peer name leftover-b netns leftover-other");
            Command.Run("nft add table inet leftover");
            File.WriteAllText(Path.Combine(host.Directory, "leftover"), "");
            inside = Machine();
            throw new InvalidOperationException("a test that fails");
        }));

        Assert.Equal("a test that fails", failure.Message);
        Assert.Contains("leftover-br", inside, StringComparison.Ordinal);
        Assert.Contains("leftover-other", inside, StringComparison.Ordinal);
        Assert.Contains("table inet leftover", inside, StringComparison.Ordinal);
        Assert.Equal(before, Machine());
        Assert.DoesNotContain("leftover", before, StringComparison.Ordinal);
        Assert.False(File.Exists("/run/test/leftover"));
    }

    /// <summary>What other programs see from the calling thread: links, named namespaces, mounts and tables.</summary>
    private static string Machine() => string.Join('\n',
    [
        Command.Run("sh", "-c", "ip -br link | awk '{print $1}' | sort"),
        Command.Run("ip", "netns", "list"),
        Command.Run("cat", "/proc/self/mounts"),
        Command.Run("nft", "list", "tables"),
    ]);
}
