namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Compares the names that a container resolves with those that the model says it knows.</summary>
internal sealed class NameWitness(TestHost host, Model model, HostView view)
{
    private const int Most = 4;

    /// <summary>Demands that names, aliases and private names lead to the containers on the asking one's networks that have them.</summary>
    public void Check(Sequence sequence, ModelContainer asks)
    {
        ModelNetwork[] networks = [.. asks.Memberships.Select(m => m.Network).Where(n => !n.IsDefault)];
        Dictionary<string, string[]> known = sequence
            .Shuffle(networks.SelectMany(network => NamesOn(network, asks))
                .Concat(asks.Memberships.SelectMany(m => m.PrivateNames.Keys)).Distinct())
            .Take(Most).ToDictionary(name => name, name => AddressesOf(name, asks, networks));
        if (known.Count == 0)
        {
            return;
        }

        string[] answers = host.NetctlOk(
            "exec", asks.Name, "sh", "-c",
            $"for n in {string.Join(' ', known.Keys)}; do for t in A AAAA; do dig +short +time=2 +tries=3 $n $t | sed \"s/^/$n /\"; "
                + "done; done")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            known.SelectMany(entry => entry.Value.Select(address => $"{entry.Key} {address}")).Order(StringComparer.Ordinal),
            answers.Order(StringComparer.Ordinal));
    }

    private IEnumerable<string> NamesOn(ModelNetwork network, ModelContainer asks) =>
        from container in model.On(network)
        where container != asks
        from name in (string?[])[container.Name, container.Memberships.Find(m => m.Network == network)!.Alias]
        where name is not null
        select name;

    // A private name hides others of the same name when somebody has the name that it stands for.
    private string[] AddressesOf(string name, ModelContainer asks, ModelNetwork[] networks)
    {
        string[] hidden =
        [
            .. from membership in asks.Memberships
               where membership.PrivateNames.ContainsKey(name)
               from address in HoldersOf(membership.PrivateNames[name], membership.Network)
               select address,
        ];
        return [.. (hidden.Length > 0 ? hidden : networks.SelectMany(network => HoldersOf(name, network))).Distinct()];
    }

    private IEnumerable<string> HoldersOf(string name, ModelNetwork network) =>
        from container in model.On(network)
        where container.Name == name || container.Memberships.Find(m => m.Network == network)!.Alias == name
        from address in view.AddressesOf(container, network)
        select address;
}
