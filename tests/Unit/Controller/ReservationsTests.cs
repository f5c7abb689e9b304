using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Runners;
using Net.Tests.Unit.Controller.Stores;

namespace Net.Tests.Unit.Controller;

/// <summary>An address that was held back for long goes to nobody else's loss.</summary>
public sealed class ReservationsTests
{
    [Fact]
    public async Task What_was_held_for_a_network_that_has_gone_is_not_given_back_late()
    {
        ModelSnapshot model = SampleModel.Make();
        Network network = model.Networks.Single();
        Endpoint endpoint = model.EndpointsOf(network.Id).First(e => e.IPv4 is not null);
        var ipam = new RecordingIpam();
        ipam.Restore(network.Pools[0], [endpoint.IPv4!.Address]);

        // The subnet is another network's by now, and the address one of its containers'.
        Reservations held = Holding(ipam, endpoint, network);
        await held.CompleteLateAsync(_ => false);
        Assert.Contains($"{endpoint.IPv4.Address}", ipam.Addresses);

        await Holding(ipam, endpoint, network).CompleteLateAsync(id => id == network.Id);
        Assert.DoesNotContain($"{endpoint.IPv4.Address}", ipam.Addresses);
    }

    private static Reservations Holding(RecordingIpam ipam, Endpoint endpoint, Network network)
    {
        var reservations = new Reservations(new IpamDirectory([ipam], new NoPlugins()));
        reservations.Release(endpoint, network, keepStatic: false);
        return reservations;
    }
}
