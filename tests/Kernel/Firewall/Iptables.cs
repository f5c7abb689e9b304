using System.Text.RegularExpressions;

using Net.Firewall.Iptables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>The two sorts of iptables programs, <c>nft</c> and <c>legacy</c>, whichever the machine has chosen.</summary>
internal static partial class Iptables
{
    /// <summary>A directory for the search path with the programs of one sort. Of the running test host.</summary>
    public static string Programs(string variant)
    {
        string directory = $"/run/test/iptables-{variant}";
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            foreach (string program in new[] { "iptables-save", "iptables-restore", "ip6tables-save", "ip6tables-restore" })
            {
                File.CreateSymbolicLink($"{directory}/{program}", $"/usr/sbin/xtables-{variant}-multi");
            }
        }

        return directory;
    }

    public static IptablesBackend Open(string variant) => new(new IptablesPrograms(Programs(variant)));

    /// <summary>All rules of both families, without counters.</summary>
    public static string Read(string variant) =>
        Counters().Replace(Command.Run($"iptables-{variant}-save") + Command.Run($"ip6tables-{variant}-save"), "");

    [GeneratedRegex(@"^#.*\n|\[\d+:\d+\]", RegexOptions.Multiline)]
    private static partial Regex Counters();
}
