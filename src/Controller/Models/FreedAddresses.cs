using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Ipam;

namespace Net.Controller.Models;

/// <summary>The addresses of one network that endpoints had and have no more, in the order in which they were released.
/// Immutable.</summary>
/// <remarks>Of each family <see cref="FreedAddressLimit.Count"/> are kept, the ones released last.</remarks>
internal sealed record FreedAddresses
{
    private FreedAddresses()
    {
    }

    /// <summary>No address.</summary>
    public static FreedAddresses None { get; } = new();

    /// <summary>The place of each address in the order.</summary>
    public ImmutableDictionary<IPAddress, long> Places { get; private init; } = ImmutableDictionary<IPAddress, long>.Empty;

    private ImmutableSortedDictionary<long, IPAddress> ByPlace { get; init; } = ImmutableSortedDictionary<long, IPAddress>.Empty;

    /// <summary>The addresses of a family, the one that was released first at the beginning.</summary>
    public IEnumerable<IPAddress> InOrder(AddressFamily family) => ByPlace.Values.Where(address => address.AddressFamily == family);

    /// <summary>With an address at the end.</summary>
    /// <param name="address">The address.</param>
    /// <param name="dropped">The address that is dropped because there are too many; null for none.</param>
    public FreedAddresses With(IPAddress address, out IPAddress? dropped)
    {
        FreedAddresses more = Without(address).At(address, ByPlace.IsEmpty ? 1 : ByPlace.Keys.Last() + 1);
        dropped = more.Places.Count > FreedAddressLimit.Count && more.InOrder(address.AddressFamily).Count() > FreedAddressLimit.Count
            ? more.InOrder(address.AddressFamily).First()
            : null;
        return dropped is null ? more : more.Without(dropped);
    }

    /// <summary>With an address at a place that was stored.</summary>
    public FreedAddresses At(IPAddress address, long place) =>
        this with { Places = Places.SetItem(address, place), ByPlace = ByPlace.SetItem(place, address) };

    /// <summary>Without an address.</summary>
    public FreedAddresses Without(IPAddress address) => Places.TryGetValue(address, out long place)
        ? this with { Places = Places.Remove(address), ByPlace = ByPlace.Remove(place) }
        : this;
}
