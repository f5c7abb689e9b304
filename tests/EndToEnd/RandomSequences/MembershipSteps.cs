using System.Globalization;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Containers join networks, with links, and leave them.</summary>
internal sealed class MembershipSteps(Sequence sequence)
{
    private Model Model => sequence.Model;

    /// <summary>Rolls what is asked for when a container joins a network.</summary>
    public static ModelMembership Roll(Sequence sequence, ModelContainer container, ModelNetwork network) => new(network)
    {
        Address = network is { IsDefault: false, HasIPv4: true } && sequence.Chance(2)
            ? network.AddressFor(container, network.IsWide && sequence.Chance(2)) : null,
        Address6 = network is { IsDefault: false, HasIPv6: true } && sequence.Chance(3) ? network.Address6For(container) : null,
        Mac = !network.IsExclusive && sequence.Chance(4)
            ? string.Create(CultureInfo.InvariantCulture, $"02:aa:00:00:{network.Slot:x2}:{container.Slot:x2}") : null,
        Alias = !network.IsDefault && sequence.Chance(2) ? $"alias{sequence.Number(0, 4)}" : null,
        Priority = sequence.Chance(3) ? sequence.Number(-1, 3) : 0,
    };

    public void Connect(ModelContainer container)
    {
        ModelNetwork network = sequence.Chance(5)
            ? sequence.Pick(Model.Networks)
            : sequence.PickAny(Model.Networks.Where(n => !container.IsOn(n))) ?? Model.Default;
        ModelMembership membership = Roll(sequence, container, network);
        bool expected = container.HasNetworks && !container.IsOn(network) && (!container.IsRunning || Model.IsFree(network));
        List<string> links = [];
        var join = new LinkedJoin(sequence, container, membership);
        if (container.Source == StackSource.Networks && sequence.Chance(2))
        {
            expected &= join.Roll(links);
        }

        if (sequence.Try(
            expected,
            [
                "network", "connect", .. membership.Options().SelectMany(option => new[] { $"--{option.Name}", option.Value }), .. links,
                network.Name, container.Name,
            ]))
        {
            // It takes the place of a network of that name which was removed while the container did not run.
            container.Memberships.RemoveAll(m => m.Network.Name == network.Name);
            container.Memberships.Add(membership);
            join.Link();
        }
    }

    public void Disconnect(ModelContainer container)
    {
        string name = sequence.PickAny(container.Memberships)?.Network.Name ?? sequence.Pick(Model.Networks).Name;
        if (sequence.Chance(5))
        {
            name = sequence.Pick(Model.Networks).Name;
        }

        // Of a network that was removed, a container that is down is freed by its disconnection.
        if (sequence.Try(container.Memberships.Any(m => m.Network.Name == name), "network", "disconnect", name, container.Name))
        {
            container.Memberships.RemoveAll(m => m.Network.Name == name);
        }
    }

    public void RemoveLink(ModelContainer container)
    {
        Dictionary<string, string>? names = container.Memberships
            .Find(m => m.PrivateNames.Count > 0 && Model.Networks.Contains(m.Network))?.PrivateNames;
        string alias = container.Links.Count > 0 ? sequence.Pick(container.Links).Alias : names?.Keys.First() ?? "nothing";
        if (sequence.Try(alias != "nothing", "rm", "--link", $"{container.Name}/{alias}")
            && container.Links.RemoveAll(link => link.Alias == alias) == 0)
        {
            names!.Remove(alias);
        }
    }
}
