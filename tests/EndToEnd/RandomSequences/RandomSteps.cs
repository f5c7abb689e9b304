using System.Globalization;

namespace Net.Tests.EndToEnd.RandomSequences;

/// <summary>Does a random thing to a host and its model, and demands that the host answers what the model expects.</summary>
internal sealed class RandomSteps(TestHost host, Model model, Random random, string plugin, Action restartDaemon)
{
    private const int MaxNetworks = 6;
    private const int MaxContainers = 6;
    private const int FirstPort = 28470;
    private int _networks;
    private int _containers;

    /// <summary>What was done, a line a step.</summary>
    public List<string> Done { get; } = [];

    /// <summary>The last step ended a command otherwise than by <c>stop</c>, which waits for all that follows.</summary>
    public bool LastEndedCommand { get; private set; }

    /// <summary>Does the next step.</summary>
    public void Next()
    {
        LastEndedCommand = false;
        switch (random.Next(20))
        {
            case 0 or 1:
                CreateNetwork();
                break;
            case 2:
                RemoveNetwork();
                break;
            case 3 or 4 or 5 or 6:
                CreateContainer();
                break;
            case 7 or 8:
                With(Connect);
                break;
            case 9 or 10:
                With(Disconnect);
                break;
            case 11 or 12:
                With(Start);
                break;
            case 13:
                With(Stop);
                break;
            case 14:
                With(Restart);
                break;
            case 15:
                With(Rename);
                break;
            case 16:
                With(Remove);
                break;
            case 17:
                With(Kill);
                break;
            case 18:
                With(Die);
                break;
            default:
                Done.Add("the daemon is killed and started again");
                restartDaemon();
                break;
        }
    }

    private bool Chance(int of) => random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private void With(Action<ModelContainer> step)
    {
        if (model.Containers.Count == 0)
        {
            CreateContainer();
        }
        else
        {
            step(Pick(model.Containers));
        }
    }

    private bool Try(bool expected, params string[] arguments)
    {
        Done.Add($"netctl {string.Join(' ', arguments)}{(expected ? "" : "   (to be refused)")}");
        Output output = host.Netctl(arguments);
        Assert.True(output.ExitCode == 0 == expected, $"{(expected ? "refused" : "not refused")}: {output}");
        return expected;
    }

    private void CreateNetwork()
    {
        if (model.Networks.Count >= MaxNetworks)
        {
            RemoveNetwork();
            return;
        }

        string driver = Pick(["bridge", "bridge", "macvlan", plugin]);
        string? parent = driver == "macvlan" && Chance(2) ? "lan" : null;
        var network = new ModelNetwork($"n{++_networks}", driver, _networks)
        {
            Parent = parent,
            IsInternal = driver == "macvlan" ? parent is null : driver == "bridge" && Chance(3),
            HasIPv6 = driver != plugin && Chance(2),
        };
        Try(
            true,
            [
                "network", "create", "-d", driver, "--subnet", network.Subnet,
                .. network.HasIPv6 ? ["--ipv6", "--subnet", network.Subnet6] : (string[])[],
                .. network.IsInternal ? ["--internal"] : (string[])[],
                .. parent is not null ? ["-o", $"parent={parent}"] : (string[])[],
                network.Name,
            ]);
        model.Networks.Add(network);
    }

    private void RemoveNetwork()
    {
        ModelNetwork network = Pick(model.Networks);
        if (Try(!network.IsDefault && !model.On(network).Any(), "network", "rm", network.Name))
        {
            model.Networks.Remove(network);
        }
    }

    private void CreateContainer()
    {
        if (model.Containers.Count >= MaxContainers)
        {
            Remove(Pick(model.Containers));
            return;
        }

        int number = _containers++;
        StackSource source = random.Next(10) switch
        {
            0 => StackSource.None,
            1 => StackSource.Host,
            2 or 3 when model.Containers.Any(c => c.Source == StackSource.Networks) => StackSource.Container,
            4 => StackSource.Adopted,
            _ => StackSource.Networks,
        };
        bool hasNetworks = source is StackSource.Networks or StackSource.Adopted;
        var container = new ModelContainer(number, source)
        {
            Name = $"c{number}",
            Other = source == StackSource.Container ? Pick([.. model.Containers.Where(c => c.Source == StackSource.Networks)]) : null,
            Port = hasNetworks && Chance(3) ? FirstPort + number : null,
            IsRestarted = source is not (StackSource.Container or StackSource.Adopted) && Chance(3),
        };
        bool run = Chance(2);
        List<string> arguments = source == StackSource.Adopted || !run ? ["create"] : ["run", "-d"];
        arguments.AddRange(["--name", container.Name]);
        if (container.Port is { } port)
        {
            arguments.AddRange(["-p", string.Create(CultureInfo.InvariantCulture, $"{port}:80")]);
        }

        if (container.IsRestarted)
        {
            arguments.AddRange(["--restart", Pick(["unless-stopped", "on-failure"])]);
        }

        AddStack(container, arguments);
        bool starts = run || source == StackSource.Adopted;
        bool expected = !starts || model.CanStart(container);
        if (source == StackSource.Adopted)
        {
            host.Shell($"ip netns add {Namespace(container)}");
            arguments.AddRange(["--netns", $"/run/netns/{Namespace(container)}"]);
        }
        else
        {
            arguments.AddRange(["sleep", "1000"]);
        }

        // Of a run that is refused nothing stays: Docker keeps the container, in state "created".
        if (Try(expected, [.. arguments]))
        {
            model.Containers.Add(container);
            if (starts)
            {
                Model.Start(container);
            }
        }
    }

    /// <summary>The name of the namespace that a container adopts.</summary>
    public static string Namespace(ModelContainer container) => $"lab{container.Number}";

    private void AddStack(ModelContainer container, List<string> arguments)
    {
        switch (container.Source)
        {
            case StackSource.None:
                arguments.AddRange(["--network", "none"]);
                break;
            case StackSource.Host:
                arguments.AddRange(["--network", "host"]);
                break;
            case StackSource.Container:
                arguments.AddRange(["--network", $"container:{container.Other!.Name}"]);
                break;
            default:
                foreach (ModelNetwork network in random.GetItems(model.Networks.ToArray(), 1 + random.Next(2)).Distinct())
                {
                    ModelMembership membership = Membership(container, network);
                    arguments.AddRange(
                    [
                        "--network",
                        string.Join(',', [$"name={network.Name}", .. Options(membership).Select(o => $"{o.Name}={o.Value}")]),
                    ]);
                    container.Memberships.Add(membership);
                }

                break;
        }
    }

    private ModelMembership Membership(ModelContainer container, ModelNetwork network) => new(network)
    {
        Address = !network.IsDefault && Chance(2) ? network.AddressFor(container) : null,
        Mac = Chance(4) ? string.Create(CultureInfo.InvariantCulture, $"02:aa:00:00:{network.Number:x2}:{container.Number:x2}") : null,
        Alias = !network.IsDefault && Chance(2) ? $"alias{container.Number}" : null,
        Priority = !network.IsInternal && Chance(3) ? random.Next(1, 3) : 0,
    };

    /// <summary>The options of a membership, as <c>--network</c> has them and, with two dashes, <c>network connect</c>.</summary>
    private static IEnumerable<(string Name, string Value)> Options(ModelMembership membership)
    {
        (string Name, string? Value)[] all =
        [
            ("ip", membership.Address),
            ("mac-address", membership.Mac),
            ("alias", membership.Alias),
            ("gw-priority", membership.Priority == 0 ? null : $"{membership.Priority}"),
        ];
        return all.Where(option => option.Value is not null).Select(option => (option.Name, option.Value!));
    }

    private void Connect(ModelContainer container)
    {
        ModelNetwork network = Pick(model.Networks);
        ModelMembership membership = Membership(container, network);
        bool expected = container.Source is StackSource.Networks or StackSource.Adopted
            && !container.Memberships.Any(m => m.Network == network)
            && (container.IsRunning || container.Memberships.All(m => model.Networks.Contains(m.Network)));
        if (!container.IsRunning && !expected && container.Source is StackSource.Networks or StackSource.Adopted)
        {
            return; // Whether a stopped container may be connected again differs by what was removed meanwhile.
        }

        if (Try(
            expected,
            [
                "network", "connect", .. Options(membership).SelectMany(option => new[] { $"--{option.Name}", option.Value }),
                network.Name, container.Name,
            ]))
        {
            container.Memberships.Add(membership);
        }
    }

    private void Disconnect(ModelContainer container)
    {
        ModelNetwork network = Pick(model.Networks);
        if (container.Memberships.Count > 1)
        {
            network = Pick(container.Memberships).Network;
        }
        else if (container.Memberships.Any(m => m.Network == network))
        {
            return; // A container keeps one network: what it starts on without any is not what is looked at here.
        }

        // Of a network that was removed, a container that is down is freed by its disconnection.
        bool expected = container.Memberships.Any(m => m.Network == network);
        if (Try(expected, "network", "disconnect", network.Name, container.Name))
        {
            container.Memberships.RemoveAll(m => m.Network == network);
        }
    }

    private void Start(ModelContainer container)
    {
        if (Try(model.CanStart(container), "start", container.Name) && !container.IsRunning)
        {
            Model.Start(container);
        }
    }

    private void Stop(ModelContainer container)
    {
        Try(true, "stop", "-t", "0", container.Name);
        container.IsRunning = false;
    }

    private void Restart(ModelContainer container)
    {
        container.IsRunning = false;
        if (Try(model.CanStart(container), "restart", "-t", "0", container.Name))
        {
            Model.Start(container);
        }
    }

    private void Rename(ModelContainer container)
    {
        ModelContainer other = Pick(model.Containers);
        string name = Chance(3) ? other.Name : $"r{Done.Count}";
        if (Try(!model.Containers.Any(c => c.Name == name), "rename", container.Name, name))
        {
            container.Name = name;
        }
    }

    private void Remove(ModelContainer container)
    {
        bool force = Chance(2);

        // A container without a command of its own needs no force.
        bool expected = force || !container.IsRunning || container.Source == StackSource.Adopted;
        if (Try(expected, ["rm", .. force ? ["-f"] : (string[])[], container.Name]))
        {
            model.Containers.Remove(container);
            if (container.Source == StackSource.Adopted)
            {
                host.Shell($"ip netns delete {Namespace(container)}");
            }
        }
    }

    private void Kill(ModelContainer container)
    {
        if (container.Source == StackSource.Adopted)
        {
            Stop(container);
        }
        else if (Try(container.IsRunning, "kill", container.Name))
        {
            container.IsRunning = false;
            LastEndedCommand = true;
            TestHost.Eventually("what was killed has ended", () => State(container) == "exited 0");
        }
    }

    /// <summary>The command dies by itself.</summary>
    private void Die(ModelContainer container)
    {
        if (!container.IsRunning || container.Source == StackSource.Adopted)
        {
            Start(container);
            return;
        }

        Done.Add($"the command of {container.Name} dies");
        string state = State(container);
        host.Shell($"kill -9 {state.Split(' ')[1]}");
        container.IsRunning = false;
        LastEndedCommand = true;
        if (container.IsRestarted)
        {
            TestHost.Eventually(
                "what died runs again",
                () => State(container) is var now && now != state && now.StartsWith("running ", StringComparison.Ordinal));
            Model.Start(container);
        }
        else
        {
            TestHost.Eventually("what died has ended", () => State(container) == "exited 0");
        }
    }

    private string State(ModelContainer container) =>
        host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.Pid}}", container.Name);
}
