using System.Buffers.Binary;
using System.Globalization;
using System.Net;

using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall;

/// <summary>Rewrites port 53 to the daemon's port, and back, in a sandbox's namespace. It works over netlink, whichever backend the host
/// has.</summary>
/// <remarks>A query to port 53 gets the daemon's port in the output hook, before connection tracking and routing; the answer passes the
/// same hook on its way back over loopback. The comment of each rule contains the port, from which <see cref="Observe"/> reads it, and a
/// mark that nft does not show tells the version of the rules.</remarks>
/// <param name="threads">Enters the sandbox's namespace to open the connection.</param>
/// <param name="open">Opens a connection to a namespace's netfilter; null for the usual way.</param>
public sealed class ResolverRewrite(NamespaceThread threads, Func<NetworkNamespace, NetlinkConnection>? open = null) : IResolverRewrite
{
    private const string ChainName = "output";
    private const int Priority = -310; // before raw (-300), where tracking can be prevented, and conntrack (-200)
    private const ushort DnsPort = 53;
    private const string Purpose = " resolver ";
    private const int RuleCount = 4;

    // Another number wherever the rules are others: a daemon of a later version then makes them anew.
    private const uint LayoutMark = 1;

    private static readonly NftTable Table = new(NetfilterFamily.Inet, "netctl");
    private static readonly byte[] Resolver = IPAddress.Parse("127.0.0.11").GetAddressBytes();

    private static readonly NftChain Chain =
        new() { Table = Table, Name = ChainName, Type = "filter", Hook = NftHook.Output, Priority = Priority };

    private enum Transport : byte
    {
        Tcp = 6,
        Udp = 17,
    }

    /// <inheritdoc/>
    public void Install(NamespaceRef sandbox, ushort port) => Change(sandbox, connection =>
    {
        IReadOnlyList<NftRule> present = connection.ListRules(Table);
        if (PortOf(present) == port)
        {
            return; // a daemon that starts finds the rewrite of every container; a transaction takes the kernel milliseconds
        }

        using var batch = new NetfilterBatch();
        if (present.Count > 0 || connection.ListTables().Contains(Table))
        {
            batch.DeleteTable(Table);
        }

        batch.AddTable(Table);
        batch.AddChain(Chain);
        foreach ((_, NftExpression[] expressions) in Rules(port))
        {
            batch.AddRule(new NftRule(Table, ChainName, expressions, Comment(port)) { Mark = LayoutMark });
        }

        batch.Commit(connection);
    });

    /// <inheritdoc/>
    public void Remove(NamespaceRef sandbox) => Change(sandbox, connection =>
    {
        using var batch = new NetfilterBatch();
        if (connection.ListTables().Contains(Table))
        {
            batch.DeleteTable(Table);
        }

        batch.Commit(connection);
    });

    /// <inheritdoc/>
    public ushort? Observe(NamespaceRef sandbox)
    {
        using NetlinkConnection connection = Open(sandbox);
        return PortOf(connection.ListRules(Table));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port)
    {
        string nft = sandbox.IsHost ? "nft" : $"ip netns exec {sandbox.Name} nft";
        return
        [
            $"{nft} add table {Table}",
            $"{nft} add chain {Table} {ChainName} '{{ type filter hook output priority {Priority}; policy accept; }}'",
            .. Rules(port).Select(rule => $"{nft} add rule {Table} {ChainName} '{rule.Text} comment \"{Comment(port)}\"'"),
        ];
    }

    /// <summary>The port that these rules, all of the table, lead to; null when they are not exactly ours. Rules that a person has typed
    /// carry no mark.</summary>
    private static ushort? PortOf(IReadOnlyList<NftRule> rules)
    {
        string prefix = FirewallTag.Host + Purpose;
        return rules.Count == RuleCount
            && rules.All(rule => rule.Chain == ChainName && rule.Comment == rules[0].Comment && rule.Mark == rules[0].Mark)
            && rules[0].Mark is null or LayoutMark
            && rules[0].Comment is { } comment && comment.StartsWith(prefix, StringComparison.Ordinal)
            && ushort.TryParse(comment.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                ? port
                : null;
    }

    private static string Comment(ushort port) => FirewallTag.Host + Purpose + port.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Text, NftExpression[] Expressions)> Rules(ushort port) =>
    [
        Rule(Transport.Udp, query: true, port),
        Rule(Transport.Udp, query: false, port),
        Rule(Transport.Tcp, query: true, port),
        Rule(Transport.Tcp, query: false, port),
    ];

    private static (string Text, NftExpression[] Expressions) Rule(Transport transport, bool query, ushort port)
    {
        ushort from = query ? DnsPort : port;
        ushort to = query ? port : DnsPort;
        int portOffset = query ? 2 : 0;
        string word = transport == Transport.Udp ? "udp" : "tcp";
        string field = query ? "dport" : "sport";
        string text = $"ip {(query ? "daddr" : "saddr")} 127.0.0.11 {word} {field} {from} notrack {word} {field} set {to}";
        return (text,
        [
            new NftMeta(NftMetaKey.Family), new NftCompare(new[] { (byte)NetfilterFamily.IPv4 }),
            new NftPayload(NftPayloadBase.Network, query ? 16 : 12, 4), new NftCompare(Resolver),
            new NftMeta(NftMetaKey.Protocol), new NftCompare(new[] { (byte)transport }),
            new NftPayload(NftPayloadBase.Transport, portOffset, 2), new NftCompare(NetworkOrder(from)),
            new NftNoTrack(),
            new NftSetRegister(NetworkOrder(to)),
            new NftPayloadWrite(portOffset, 2, transport == Transport.Udp ? 6 : 16),
        ]);
    }

    private static byte[] NetworkOrder(ushort port)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return bytes;
    }

    private void Change(NamespaceRef sandbox, Action<NetlinkConnection> change)
    {
        using NetlinkConnection connection = Open(sandbox);
        try
        {
            change(connection);
        }
        catch (NetfilterBatchException error)
        {
            throw new CnmException(
                CnmErrorKind.Internal, $"resolver of {sandbox}: the kernel refused the rewrite of port 53: {error.Message}", error);
        }
    }

    private NetlinkConnection Open(NamespaceRef sandbox)
    {
        using NetworkNamespace? opened = sandbox.Path is { } path ? threads.Open(path) : null;
        NetworkNamespace inside = opened ?? threads.Home;
        return open?.Invoke(inside) ?? NetlinkConnection.Open(NetlinkProtocol.Netfilter, inside);
    }
}
