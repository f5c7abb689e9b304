using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;

namespace Net.Tests.Unit.Cnm;

public sealed class HostPortTableTests
{
    private static readonly IPAddress[] Addresses =
    [
        IPAddress.Any, IPAddress.Loopback, IPAddress.Parse("192.0.2.1"), IPAddress.IPv6Any, IPAddress.IPv6Loopback,
    ];

    private static readonly SandboxId Web = SandboxId.New();

    [Fact]
    public void A_run_is_found_by_any_port_of_it_and_names_its_holder()
    {
        HostPortTable table = HostPortTable.Empty.With(Web, Mapping(IPAddress.Any, 8000, 11));
        Assert.Equal(new HostPortRun(8000, 8010, Web), table.Find(IPAddress.Loopback, 8005, 1, PortProtocol.Tcp));
        Assert.NotNull(table.Find(IPAddress.Loopback, 7990, 11, PortProtocol.Tcp));
        Assert.Null(table.Find(IPAddress.Loopback, 7990, 10, PortProtocol.Tcp));
        Assert.Null(table.Find(IPAddress.Loopback, 8011, 100, PortProtocol.Tcp));
        Assert.Null(table.Find(IPAddress.IPv6Any, 8005, 1, PortProtocol.Tcp));
        Assert.Null(table.Find(IPAddress.Any, 8005, 1, PortProtocol.Udp));
    }

    [Fact]
    public void The_last_ports_of_the_number_space_are_found()
    {
        HostPortTable table = HostPortTable.Empty.With(Web, Mapping(IPAddress.Any, 65000, 536));
        Assert.NotNull(table.Find(IPAddress.Any, 65535, 1, PortProtocol.Tcp));
        Assert.NotNull(table.Find(IPAddress.Any, 1, 65535, PortProtocol.Tcp));
    }

    [Fact]
    public void A_routed_port_takes_nothing()
    {
        PortMapping routed = Mapping(IPAddress.Any, 0, 1) with { Delivery = PortDelivery.Routing };
        Assert.Same(HostPortTable.Empty, HostPortTable.Empty.With(Web, routed).Without(Web, routed));
    }

    [Fact]
    public void What_is_another_sandboxes_cannot_be_taken_out()
    {
        HostPortTable table = HostPortTable.Empty.With(Web, Mapping(IPAddress.Any, 80, 1));
        Assert.Same(table, table.Without(SandboxId.New(), Mapping(IPAddress.Any, 80, 1)));
    }

    [Fact]
    public void It_agrees_with_a_set_of_single_ports_whatever_comes_and_goes() =>
        Prop.ForAll(
            Gen.Choose(0, 4).Zip(Gen.Choose(1, 40)).Zip(Gen.Choose(1, 6)).ListOf().ToArbitrary(),
            steps =>
            {
                HostPortTable table = HostPortTable.Empty;
                var singles = new HashSet<(IPAddress, int)>();
                var present = new HashSet<PortMapping>();
                foreach (((int address, int first), int count) in steps)
                {
                    PortMapping mapping = Mapping(Addresses[address], first, count);
                    bool clashes = Enumerable.Range(first, count)
                        .Any(port => singles.Any(s => s.Item2 == port && Clash(s.Item1, mapping.HostAddress)));
                    if (clashes != table.Find(mapping.HostAddress, first, count, PortProtocol.Tcp) is not null)
                    {
                        return false;
                    }

                    if (present.Remove(mapping))
                    {
                        table = table.Without(Web, mapping);
                        singles.ExceptWith(Enumerable.Range(first, count).Select(port => (mapping.HostAddress, port)));
                    }
                    else if (!clashes)
                    {
                        present.Add(mapping);
                        table = table.With(Web, mapping);
                        singles.UnionWith(Enumerable.Range(first, count).Select(port => (mapping.HostAddress, port)));
                    }
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static bool Clash(IPAddress a, IPAddress b) =>
        a.AddressFamily == b.AddressFamily && (a.Equals(b) || a.Equals(Any(a)) || b.Equals(Any(b)));

    private static IPAddress Any(IPAddress of) => of.AddressFamily == IPAddress.Any.AddressFamily ? IPAddress.Any : IPAddress.IPv6Any;

    private static PortMapping Mapping(IPAddress address, int first, int count) => new()
    {
        HostAddress = address,
        HostPort = (ushort)first,
        ContainerPort = 80,
        Count = (ushort)count,
        Protocol = PortProtocol.Tcp,
    };
}
