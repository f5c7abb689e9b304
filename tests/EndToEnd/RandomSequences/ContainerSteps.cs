using System.Globalization;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Containers come and go, and get other names.</summary>
internal sealed class ContainerSteps(Sequence sequence)
{
    private const int Most = 6;
    private const int FirstPort = 28470;

    /// <summary>The files of the namespaces that containers adopt, as a pattern.</summary>
    public const string Namespaces = "^/run/netns/lab[0-9]$";

    private Model Model => sequence.Model;

    /// <summary>The name of the namespace that a container adopts.</summary>
    public static string Namespace(ModelContainer container) => $"lab{container.Slot}";

    public void Create()
    {
        if (Model.Containers.Count >= Most)
        {
            Remove(sequence.Pick(Model.Containers));
            return;
        }

        ModelContainer container = Roll();
        bool starts = container.Source == StackSource.Adopted || sequence.Chance(2);
        List<string> arguments = [.. starts && container.HasCommand ? (string[])["run", "-d"] : ["create"], "--name", container.Name];
        if (container.Port is { } port)
        {
            arguments.AddRange(["-p", string.Create(CultureInfo.InvariantCulture, $"{port}:80")]);
        }

        if (container.Policy is not "")
        {
            arguments.AddRange(["--restart", container.Policy]);
        }

        LinkedJoin? join = AddStack(container, arguments);
        bool expected = true;
        if (join is not null && sequence.Chance(2))
        {
            expected = join.Roll(arguments);
        }

        arguments.AddRange(container.HasCommand ? ["sleep", "1000"] : ["--netns", $"/run/netns/{Namespace(container)}"]);
        if (expected)
        {
            join?.Link();
        }

        // Of a run that is refused nothing stays: Docker keeps the container, in state "created".
        Adopt(container, "add");
        expected &= !starts || Model.CanStart(container);
        if (sequence.Try(expected, [.. arguments]))
        {
            Model.Containers.Add(container);
            if (starts)
            {
                Model.Start(container);
            }
        }
        else
        {
            Adopt(container, "delete");
        }
    }

    public void Remove(ModelContainer container)
    {
        bool force = sequence.Chance(2);

        // A container without a command of its own needs no force.
        bool expected = force || !container.IsRunning || !container.HasCommand;
        if (sequence.Try(expected, ["rm", .. force ? ["-f"] : (string[])[], container.Name]))
        {
            Model.Remove(container);
            Adopt(container, "delete");
        }
    }

    public void Rename(ModelContainer container)
    {
        string name = sequence.Chance(3) ? sequence.Pick(Model.Containers).Name : $"r{sequence.Number(0, 4)}";
        if (sequence.Try(Model.Containers.TrueForAll(c => c.Name != name), "rename", container.Name, name))
        {
            Model.Rename(container, name);
        }
    }

    private ModelContainer Roll()
    {
        int slot = Enumerable.Range(0, Most).First(slot => Model.Containers.All(c => c.Slot != slot));
        ModelContainer? other = sequence.PickAny(Model.Containers.Where(c => c.Source == StackSource.Networks));
        StackSource source = sequence.Number(0, 12) switch
        {
            0 => StackSource.None,
            1 => StackSource.Host,
            2 or 3 when other is not null => StackSource.Container,
            4 => StackSource.Adopted,
            _ => StackSource.Networks,
        };
        return new ModelContainer(slot, source)
        {
            Name = $"c{slot}",
            Other = source == StackSource.Container ? other : null,
            Port = source is StackSource.Networks or StackSource.Adopted && sequence.Chance(3) ? FirstPort + slot : null,
            Policy = source != StackSource.Adopted && sequence.Chance(2)
                ? sequence.Pick(["unless-stopped", "on-failure", "always"]) : "",
        };
    }

    /// <summary>Adds the options of the network stack; gives what links of the container are about, where it may have some.</summary>
    private LinkedJoin? AddStack(ModelContainer container, List<string> arguments)
    {
        string? mode = container.Source switch
        {
            StackSource.None => "none",
            StackSource.Host => "host",
            StackSource.Container => $"container:{container.Other!.Name}",
            _ => null,
        };
        if (mode is not null)
        {
            arguments.AddRange(["--network", mode]);
            return null;
        }

        foreach (ModelNetwork network in sequence.Shuffle(Model.Networks).Take(sequence.Number(1, 3)))
        {
            ModelMembership membership = MembershipSteps.Roll(sequence, container, network);
            arguments.AddRange(
            [
                "--network",
                string.Join(',', [$"name={network.Name}", .. membership.Options().Select(option => $"{option.Name}={option.Value}")]),
            ]);
            container.Memberships.Add(membership);
        }

        return container.HasCommand ? new LinkedJoin(sequence, container, container.Memberships[0]) : null;
    }

    // Makes or removes the namespace that a container adopts.
    private void Adopt(ModelContainer container, string verb)
    {
        if (container.Source == StackSource.Adopted)
        {
            sequence.Host.Shell($"ip netns {verb} {Namespace(container)}");
        }
    }
}
