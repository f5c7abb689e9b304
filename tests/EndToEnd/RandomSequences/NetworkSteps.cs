namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Networks come and go.</summary>
internal sealed class NetworkSteps(Sequence sequence)
{
    private const int Most = 6;

    private Model Model => sequence.Model;

    public void Create()
    {
        if (Model.Networks.Count > Most)
        {
            Remove();
            return;
        }

        int slot = Enumerable.Range(1, Most).First(slot => Model.Networks.All(n => n.Slot != slot));
        string driver = sequence.Pick(["bridge", "bridge", "macvlan", "macvlan", sequence.Plugin]);
        bool hasIPv6 = driver != sequence.Plugin && sequence.Chance(2);
        bool hasIPv4 = !hasIPv6 || !sequence.Chance(3);
        string mode = driver == "macvlan" ? sequence.Pick(["bridge", "vepa", "private", "passthru"]) : "";
        var network = new ModelNetwork(slot, driver)
        {
            Mode = mode,
            Parent = driver != "macvlan" || sequence.Chance(2) ? null : mode == "passthru" ? Parents.ForOne : Parents.ForMany,
            IsInternal = driver != sequence.Plugin && sequence.Chance(3),
            HasIPv4 = hasIPv4,
            HasIPv6 = hasIPv6,
            IsWide = driver == "macvlan" && hasIPv4 && sequence.Chance(2),
        };
        bool isParentFree = network.Parent != Parents.ForOne || Model.Networks.All(other => other.Parent != Parents.ForOne);
        bool isMade = sequence.Try(
            isParentFree,
            [
                "network", "create", "-d", driver,
                .. network.Subnets.SelectMany(subnet => new[] { "--subnet", subnet }),
                .. hasIPv6 ? ["--ipv6"] : (string[])[],
                .. hasIPv4 ? (string[])[] : ["--ipv4=false"],
                .. network.IsInternal ? ["--internal"] : (string[])[],
                .. network.Parent is { } parent ? ["-o", $"parent={parent}"] : (string[])[],
                .. mode is "" ? (string[])[] : ["-o", $"macvlan_mode={mode}"],
                network.Name,
            ]);
        if (isMade)
        {
            Model.Networks.Add(network);
        }
    }

    public void Remove()
    {
        ModelNetwork network = sequence.Pick(Model.Networks);
        if (sequence.Try(!network.IsDefault && !Model.On(network).Any(), "network", "rm", network.Name))
        {
            Model.Networks.Remove(network);
        }
    }
}
