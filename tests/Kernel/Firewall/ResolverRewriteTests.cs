using System.Net;
using System.Net.Sockets;

using Net.Cnm.DesiredState;
using Net.Firewall;
using Net.Linux;
using Net.Netlink;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

public class ResolverRewriteTests
{
    private static readonly IPEndPoint Resolver = new(IPAddress.Parse("127.0.0.11"), 53);

    [KernelFact]
    public void A_query_to_port_53_reaches_the_port_of_the_daemon_and_the_answer_comes_from_53() => HostNamespace.Run(host =>
    {
        using NetworkNamespace container = host.NewNamespace("c1");
        var rewrite = new ResolverRewrite(host.Threads);
        NamespaceRef sandbox = NamespaceRef.At("/run/netns/c1", "c1");
        Assert.Null(rewrite.Observe(sandbox));
        rewrite.Install(sandbox, 5300);
        Assert.Equal((ushort)5300, rewrite.Observe(sandbox));
        container.Run(() =>
        {
            using Socket own = Bound(SocketType.Dgram, IPAddress.Any, 53); // a server of the container's own
            using Socket ownTcp = Bound(SocketType.Stream, IPAddress.Any, 53);
            ownTcp.Listen();
            using Socket udp = Bound(SocketType.Dgram, Resolver.Address, 5300);
            using Socket tcp = Bound(SocketType.Stream, Resolver.Address, 5300);
            tcp.Listen();

            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            client.Connect(Resolver);
            client.Send("query"u8);
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            Assert.True(udp.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead), "the query arrives");
            udp.ReceiveFrom(new byte[16], ref from);
            udp.SendTo("answer"u8.ToArray(), from);
            Assert.True(client.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead), "the answer arrives at a socket connected to port 53");
            Assert.Equal(6, client.Receive(new byte[16]));

            using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            stream.Connect(Resolver);
            using Socket accepted = tcp.Accept();
            accepted.Send("answer"u8);
            Assert.Equal(6, stream.Receive(new byte[16]));
            Assert.False(own.Poll(0, SelectMode.SelectRead));
            string table = "/proc/thread-self/net/nf_conntrack";
            Assert.True(!File.Exists(table) || File.ReadAllText(table).Length == 0, "no connection is tracked");
        });
    });

    [KernelFact]
    public void It_is_replaced_removed_and_missed_when_it_is_flushed() => HostNamespace.Run(host =>
    {
        using NetworkNamespace container = host.NewNamespace("c1");
        var rewrite = new ResolverRewrite(host.Threads);
        NamespaceRef sandbox = NamespaceRef.At("/run/netns/c1", "c1");
        rewrite.Install(sandbox, 5300);
        rewrite.Install(sandbox, 5301);
        Assert.Equal((ushort)5301, rewrite.Observe(sandbox));
        Command.Run("ip netns exec c1 nft flush ruleset");
        Assert.Null(rewrite.Observe(sandbox));
        rewrite.Install(sandbox, 5301);
        rewrite.Remove(sandbox);
        rewrite.Remove(sandbox);
        Assert.Equal("", Command.Run("ip netns exec c1 nft list ruleset"));
    });

    [KernelFact]
    public void What_is_right_already_is_only_looked_at_and_what_is_not_is_made_in_one_transaction() => HostNamespace.Run(host =>
    {
        using NetworkNamespace container = host.NewNamespace("c1");
        List<NetlinkConnection> opened = [];
        var rewrite = new ResolverRewrite(host.Threads, inside =>
        {
            opened.Add(NetlinkConnection.Open(NetlinkProtocol.Netfilter, inside));
            return opened[^1];
        });
        NamespaceRef sandbox = NamespaceRef.At("/run/netns/c1", "c1");
        Assert.Equal(10, MessagesOf(() => rewrite.Install(sandbox, 5300))); // two looks, begin, table, chain, four rules, end
        string handles = Command.Run("ip netns exec c1 nft -a list ruleset");
        Assert.Equal(1, MessagesOf(() => rewrite.Install(sandbox, 5300)));
        Assert.Equal(handles, Command.Run("ip netns exec c1 nft -a list ruleset"));

        string right = Command.Run("ip netns exec c1 nft list ruleset");
        Command.Run("ip netns exec c1 nft flush chain inet netctl output");
        Assert.Equal(11, MessagesOf(() => rewrite.Install(sandbox, 5300)));
        Assert.Equal(right, Command.Run("ip netns exec c1 nft list ruleset"));
        Command.Run("ip netns exec c1 nft add rule inet netctl output counter");
        Assert.Equal(10, MessagesOf(() => rewrite.Install(sandbox, 5300)));
        Assert.Equal(right, Command.Run("ip netns exec c1 nft list ruleset"));

        long MessagesOf(Action body)
        {
            opened.Clear();
            body();
            return opened.Sum(connection => connection.MessagesSent);
        }
    });

    [KernelFact]
    public void Typing_the_explanation_gives_the_same_rules() => HostNamespace.Run(host =>
    {
        using NetworkNamespace one = host.NewNamespace("c1");
        using NetworkNamespace two = host.NewNamespace("c2");
        var rewrite = new ResolverRewrite(host.Threads);
        rewrite.Install(NamespaceRef.At("/run/netns/c1", "c1"), 5300);
        Rulesets.Type(rewrite.Explain(NamespaceRef.At("/run/netns/c2", "c2"), 5300));
        Assert.Equal(Command.Run("ip netns exec c1 nft -j list ruleset"), Command.Run("ip netns exec c2 nft -j list ruleset"));
        Assert.Equal((ushort)5300, rewrite.Observe(NamespaceRef.At("/run/netns/c2", "c2")));
        Assert.Null(rewrite.Observe(NamespaceRef.Host));
    });

    private static Socket Bound(SocketType type, IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        return socket;
    }
}
