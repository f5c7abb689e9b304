using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Net.Cnm.Identifiers;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Tests.Unit.Controller;

/// <summary>A model of before is garbage: what the resolver holds for each container would keep a model for each.</summary>
public sealed class OldModelTests
{
    [Fact]
    public async Task What_a_resolver_has_looked_up_keeps_no_model_of_before()
    {
        await using ControllerUnderTest test = await ControllerUnderTest.CreateAsync();
        await test.NetworkAsync("front");
        SandboxId web = (await test.CreateAsync("web", "front")).Id;
        INameSource names = test.Views.NamesOf(web);
        IUpstreamSource upstreams = test.Views.UpstreamsOf(web);
        (WeakReference model, WeakReference index) = Asked(test, names, upstreams);

        await test.CreateAsync("db", "front");
        await test.CreateAsync("cache", "front");

        GC.Collect();
        Assert.False(model.IsAlive);
        Assert.False(index.IsAlive);
        GC.KeepAlive(names);
        GC.KeepAlive(upstreams);
    }

    // A method of its own, whose variables are gone when it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Model, WeakReference Index) Asked(
        ControllerUnderTest test, INameSource names, IUpstreamSource upstreams)
    {
        List<IPAddress> addresses = [];
        Assert.Equal(NameLookup.Known, names.Lookup(DnsName.Parse("web"), AddressFamily.InterNetwork, addresses));
        Assert.Single(addresses);
        _ = upstreams.Policy;
        return (new WeakReference(test.Model.Current), new WeakReference(test.Model.Current.Names));
    }
}
