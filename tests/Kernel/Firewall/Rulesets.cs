using System.Text.RegularExpressions;

using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What the namespace of the calling thread has, as the programs of the distribution see it.</summary>
internal static partial class Rulesets
{
    /// <summary>Both backends by name.</summary>
    public static IFirewallBackend Open(string name) =>
        name == "iptables" ? new IptablesBackend(new IptablesPrograms(null)) : NftablesBackend.Open();

    /// <summary>All rules of both families, without handles and counters.</summary>
    public static string Read(string name) => name == "iptables"
        ? Counters().Replace(Command.Run("iptables-save") + Command.Run("ip6tables-save"), "")
        : Handles().Replace(Command.Run("nft -s -j list ruleset"), "");

    /// <summary>Types lines into a shell.</summary>
    public static void Type(IEnumerable<string> lines)
    {
        CommandResult result = Command.RunWithInput(string.Join('\n', lines), "sh", "-e");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Somebody else's rules, in every table that either backend uses.</summary>
    public static void Foreign(string name)
    {
        if (name == "iptables")
        {
            foreach (string program in new[] { "iptables", "ip6tables" })
            {
                Command.Run($"{program} -A FORWARD -i other0 -j DROP");
                Command.Run($"{program} -t nat -A POSTROUTING -o other0 -j MASQUERADE");
                Command.Run($"{program} -t raw -A PREROUTING -i other0 -j ACCEPT");
            }
        }
        else
        {
            Command.Run("nft", "add table inet other { chain forward { type filter hook forward priority 0; iifname \"other0\" drop; }; }");
        }
    }

    [GeneratedRegex(@"^#.*\n|\[\d+:\d+\]", RegexOptions.Multiline)]
    private static partial Regex Counters();

    [GeneratedRegex(@", ?""handle"": ?\d+")]
    private static partial Regex Handles();
}
