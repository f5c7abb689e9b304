using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Hosts;
using Net.Cnm.Networks;
using Net.Drivers.Ipam.Default;

namespace Net.Tests.Unit.Drivers.Ipam;

/// <summary>Any sequence of requests, releases and restarts, against a set that does the same in the plainest way.</summary>
public sealed class DefaultIpamModelTests
{
    private enum Act
    {
        TakeNext,
        TakeExactly,
        Release,
        Restart,
    }

    [Theory]
    [InlineData("10.0.0.0/28", null)]
    [InlineData("10.0.0.0/28", "10.0.0.4/30")]
    [InlineData("10.0.0.0/31", null)]
    [InlineData("10.0.0.0/32", null)]
    [InlineData("10.0.3.240/28", "10.0.3.240/29")]
    [InlineData("2001:db8::/124", null)]
    [InlineData("2001:db8::/64", null)]
    public void Addresses_behave_like_a_set(string subnet, string? range)
    {
        Gen<(Act, int)> step = Gen.Frequency(
            (6, Gen.Constant(Act.TakeNext)),
            (3, Gen.Constant(Act.TakeExactly)),
            (5, Gen.Constant(Act.Release)),
            (1, Gen.Constant(Act.Restart)))
            .SelectMany(_ => Gen.Choose(0, 17), (act, place) => (act, place));
        Prop.ForAll(
            step.ListOf().ToArbitrary(),
            steps =>
                Run(IPNetwork.Parse(subnet), range is null ? null : IPNetwork.Parse(range), steps))
                    .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Subnets_chosen_or_asked_for_never_overlap_each_other_or_a_route()
    {
        Gen<(int, int, int)> step = Gen.Choose(0, 3)
            .SelectMany(_ => Gen.Choose(0, 255), (act, at) => (act, at))
            .SelectMany(_ => Gen.Choose(20, 28), (x, size) => (x.act, x.at, size));
        Prop.ForAll(step.ListOf().ToArbitrary(), steps => RunSubnets(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static void Run(IPNetwork subnet, IPNetwork? range, IEnumerable<(Act Act, int Place)> steps)
    {
        var ipam = new DefaultIpam("host");
        AddressPool pool = ipam.RequestPoolAsync(
            new() { IPv6 = subnet.BaseAddress.GetAddressBytes().Length == 16, NetworkName = "n", Subnet = subnet, Range = range }, default)
            .AsTask().GetAwaiter().GetResult();
        var used = new HashSet<IPAddress>();
        var freed = new List<IPAddress>();
        foreach ((Act act, int place) in steps)
        {
            IPAddress? address = place < Subnets.Size(subnet) ? Subnets.AddressAt(subnet, place) : null;
            switch (act)
            {
                case Act.TakeNext:
                    IPAddress? next = TryTake(ipam, pool, null);
                    Assert.Equal(next is null, Subnets.Size(subnet) <= 16 && Free(pool, range ?? subnet, used).Count == 0);
                    Assert.True(next is null || (Usable(pool, next) && (range ?? subnet).Contains(next) && used.Add(next)));

                    // Those that nobody has had come first, then those that were released, in the order of their release.
                    Assert.True(next is null || !freed.Contains(next) || next.Equals(freed.First((range ?? subnet).Contains)));
                    Assert.True(
                        next is null || !freed.Contains(next) || Free(pool, range ?? subnet, used).TrueForAll(freed.Contains));
                    freed.Remove(next!);
                    break;
                case Act.TakeExactly when address is not null:
                    bool expected = Usable(pool, address) && !used.Contains(address);
                    Assert.Equal(expected ? address : null, TryTake(ipam, pool, address));
                    if (expected)
                    {
                        used.Add(address);
                        freed.Remove(address);
                    }

                    break;
                case Act.Release when address is not null:
                    ipam.ReleaseAddressAsync(pool, address, default).AsTask().GetAwaiter().GetResult();
                    if (used.Remove(address))
                    {
                        freed.Add(address);
                    }

                    break;
                case Act.Restart:
                    ipam = new DefaultIpam("host");
                    ipam.Restore(pool, used, freed);
                    break;
                default:
                    break;
            }
        }
    }

    private static void RunSubnets(IEnumerable<(int Act, int At, int Size)> steps)
    {
        IPNetwork route = IPNetwork.Parse("10.0.5.0/24");
        HostRoute[] routes = [new HostRoute(route, "eth0")];
        var pools = new List<AddressPool>();
        DefaultIpam ipam = New();
        foreach ((int act, int at, int size) in steps)
        {
            IPNetwork wanted = Subnets.Containing(IPAddress.Parse($"10.0.{at & 15}.{at & 240}"), size);
            switch (act)
            {
                case 0 or 1:
                    bool expected = act == 0
                        ? Enumerable.Range(0, 16).Select(i => IPNetwork.Parse($"10.0.{i}.0/24")).Any(IsFree)
                        : IsNoNetworks(wanted);
                    try
                    {
                        AddressPool pool = ipam.RequestPoolAsync(
                            new() { IPv6 = false, NetworkName = "n", Subnet = act == 0 ? null : wanted, HostRoutes = routes },
                            default).AsTask().GetAwaiter().GetResult();
                        Assert.True(expected && (act == 0 ? IsFree(pool.Subnet) : IsNoNetworks(pool.Subnet)));
                        pools.Add(pool);
                    }
                    catch (CnmException)
                    {
                        Assert.False(expected);
                    }

                    break;
                case 2 when pools.Count > 0:
                    ipam.ReleasePoolAsync(pools[at % pools.Count], default).AsTask().GetAwaiter().GetResult();
                    pools.RemoveAt(at % pools.Count);
                    break;
                case 3 when at < 32:
                    ipam = New();
                    pools.ForEach(p => ipam.Restore(p, []));
                    break;
                default:
                    break;
            }
        }

        bool IsFree(IPNetwork subnet) => !Subnets.Overlap(route, subnet) && IsNoNetworks(subnet);

        bool IsNoNetworks(IPNetwork subnet) => pools.TrueForAll(p => !Subnets.Overlap(p.Subnet, subnet));

        static DefaultIpam New() => new("host", [new DefaultAddressPool(IPNetwork.Parse("10.0.0.0/20"), 24)]);
    }

    private static IPAddress? TryTake(DefaultIpam ipam, AddressPool pool, IPAddress? preferred)
    {
        try
        {
            return ipam.RequestAddressAsync(pool, preferred, default).AsTask().GetAwaiter().GetResult().Address;
        }
        catch (CnmException)
        {
            return null;
        }
    }

    private static List<IPAddress> Free(AddressPool pool, IPNetwork part, HashSet<IPAddress> used) =>
    [
        .. Enumerable.Range(0, (int)Subnets.Size(part))
        .Select(i => Subnets.AddressAt(part, i))
        .Where(a => Usable(pool, a) && !used.Contains(a)),
    ];

    private static bool Usable(AddressPool pool, IPAddress address)
    {
        bool whole = pool.Subnet.PrefixLength >= (pool.IsIPv6 ? 127 : 31);
        return !address.Equals(pool.Gateway)
            && (whole || !address.Equals(pool.Subnet.BaseAddress))
            && (whole || pool.IsIPv6 || !address.Equals(Subnets.Last(pool.Subnet)));
    }
}
