using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What independent programs say of the host's kernel state, as one text to compare. Whether links have a carrier is left out,
/// with what follows from it: the kernel tells it up to a second later (linkwatch).</summary>
internal static class KernelState
{
    private const string Script =
        """
        echo "== links";      ip -br link | awk '{print $1, $NF}' | sed -E 's/NO-CARRIER,|,LOWER_UP//g' | sort
        echo "== addresses";  ip -br address | awk '{$2 = ""; print}' | sort
        echo "== routes";     { ip route show table all; ip -6 route show table all; } | sed 's/ linkdown//' | sort
        echo "== neighbours"; ip neighbour show nud permanent
        echo "== sysctls";    cd /proc/sys/net; cat ipv4/ip_forward ipv6/conf/all/forwarding ipv6/conf/default/forwarding
        echo "== rules";      for family in iptables ip6tables; do
                                $family-save | grep -v -e '^#' -e '^COMMIT' -e ' ACCEPT ' -e '^\*' | sed 's/\[[0-9:]*\]//'
                              done
                              nft list tables | grep netctl
        echo "== namespaces"; ls /run/netns
        echo "== ports";      ss -Hltun | awk '{print $1, $5}' | sort
        """;

    public static string Of(TestHost host) => host.Run("sh", "-c", Graves.Script + Script).StandardOutput;
}
