using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

public sealed class ConnectionTests
{
    [KernelFact]
    public void Dump_while_links_come_and_go_is_of_one_moment_or_reported() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        Assert.All(
            route.Pipeline(Enumerable.Range(0, 200).Select(static i => LinkRequests.AddBridge($"b{i}")).ToArray()),
            static result => result.ThrowIfFailed());
        using NetlinkConnection other = host.OpenRoute();
        bool stop = false;
        var disturber = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                other.Execute(LinkRequests.AddBridge("churn"));
                other.Execute(LinkRequests.Delete("churn"));
            }
        });
        disturber.Start();
        int whole = 0;
        try
        {
            for (int i = 0; i < 100; i++)
            {
                try
                {
                    IReadOnlyList<LinkMessage> links = route.DumpLinks();
                    Assert.Equal(links.Count, links.DistinctBy(static link => link.Index).Count());
                    Assert.InRange(links.Count, 201, 202);
                    whole++;
                }
                catch (NetlinkException error)
                {
                    Assert.Equal(Errno.Interrupted, error.Errno);
                }
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            disturber.Join();
        }

        Assert.True(whole > 0);
    });

    [KernelFact]
    public void Link_events_are_heard_from_another_namespace() => HostNamespace.Run(static host =>
    {
        using NetworkNamespace inner = host.NewNamespace("c1");
        using NetlinkSubscription events = NetlinkSubscription.ToRoute(inner, RouteGroup.Link, RouteGroup.IPv4Address);
        Command.Run("ip -n c1 link add br-t type bridge");
        NetlinkEvents heard = events.Receive(TimeSpan.FromSeconds(5));
        Assert.Contains(
            heard.Messages,
            static m => m.Type == (ushort)RouteMessageType.NewLink && LinkMessage.Decode(m.Payload.Span).Name == "br-t");
    });

    [KernelFact]
    public void Several_threads_share_a_connection() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        var errors = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = Enumerable.Range(0, 4).Select(t => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 50; i++)
                {
                    string name = $"b{t}-{i}";
                    Assert.Equal(name, route.AddLink(LinkRequests.AddBridge(name)).Name);
                }
            }
            catch (Exception error)
            {
                errors.Enqueue(error);
            }
        })).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Empty(errors);
        Assert.Equal(201, route.DumpLinks().Count);
    });

    [KernelFact]
    public void Kernels_kind_of_an_unknown_link_is_refused_as_not_supported() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        NetlinkException error = Assert.Throws<NetlinkException>(() => route.Execute(LinkRequests.Add(
            new LinkMessage { Name = "x", Info = new LinkInfo { Kind = "nosuchkind" } })));
        Assert.Equal(Errno.NotSupported, error.Errno);
        Assert.StartsWith("cannot add nosuchkind x: ", error.Message, StringComparison.Ordinal);
    });

    // The kernel begins no other dump on a socket before one has been received.
    [KernelFact]
    public void A_dump_that_cannot_be_read_is_received_to_its_end() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection route = host.OpenRoute();
        Command.RunWithInput(
            string.Concat(Enumerable.Range(0, 200).Select(i => $"link add d{i} type bridge\n")), "ip", "-batch", "-");
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<NetlinkFormatException>(
                () => route.Dump<int>(LinkRequests.Dump(), _ => throw new NetlinkFormatException("struct ifinfomsg", 0, 16, 0)));
            Assert.Equal(201, route.DumpLinks().Count);
        }
    });
}
