namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>The links of the host that macvlan networks may be on.</summary>
internal static class Parents
{
    /// <summary>The host's wire to outside, shared by networks of all modes but passthru.</summary>
    public const string ForMany = "lan";

    /// <summary>A wire of its own for mode passthru, which shares its parent with nothing else.</summary>
    public const string ForOne = "wire";

    public static void Add(TestHost host) => host.Shell(
        $"""
        ip link add {ForOne} type veth peer name {ForOne}-end
        ip link set {ForOne} addrgenmode none
        ip link set {ForOne}-end addrgenmode none
        ip link set {ForOne} up
        ip link set {ForOne}-end up
        until ip -br link show {ForOne} | grep -q ' UP ' && ip -br link show {ForOne}-end | grep -q ' UP '; do sleep 0.01; done
        """);
}
