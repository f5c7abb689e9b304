using System.CommandLine;
using System.Text.RegularExpressions;
using Net.Cli.CommandLines;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Cli;

/// <summary>docs/limits.md says of every command and flag that a user may expect whether it is there.</summary>
public sealed partial class ReadmeTests
{
    // The outside of the product as it is meant to be: each command with its flags. A flag that has only a short form here is written long.
    private const string Meant =
        """
        : --host --dry-run --version
        network create: --driver --subnet --ip-range --gateway --aux-address --internal --ipv6 --ipv4 --ipam-driver --ipam-opt --label --opt
        network ls: --quiet --filter --format --no-trunc
        network inspect: --format --verbose
        network rm:
        network prune:
        network connect: --ip --ip6 --link-local-ip --alias --link --driver-opt --gw-priority --mac-address
        network disconnect: --force
        run: --detach --interactive --tty --rm --name --hostname --network --publish --publish-all --expose
        run: --link --network-alias --ip --ip6 --mac-address --dns --dns-search --dns-option --add-host --env --env-file --label
        run: --workdir --user --sysctl --restart --log-opt
        create: --name --hostname --network --publish --publish-all --expose --netns --pid
        start: --attach --interactive --detach-keys
        stop: --time
        restart:
        kill:
        rm: --force --link
        ps: --all --quiet --no-trunc --format --filter --last --latest --size
        exec: --detach --interactive --tty --env --env-file --user --workdir
        logs: --follow --tail --timestamps --since --until --details
        inspect: --format --type --size
        port:
        publish:
        unpublish:
        rename:
        wait:
        pause:
        unpause:
        attach:
        top:
        stats:
        update:
        container:
        container ls:
        container inspect:
        container prune: --force --filter
        events:
        completion:
        compose:
        lab list: --quiet
        lab run: --keep --write
        lab start:
        lab check: --lab
        lab hint: --lab
        lab shell: --lab
        lab solve: --lab --all --show
        lab stop: --lab --all
        graph:
        version: --format
        info: --format
        doctor: --fix
        system reset:
        system info:
        system prune: --force --filter
        system backup:
        system restore:
        help:
        daemon: --data-root --exec-root --host --plugin-dir --firewall-backend --bip --mtu --icc --ip --ipv6 --dns --default-address-pool
        daemon: --port-range --dns-ttl --dns-cache --config-file --log-level --log-format --log-opt
        daemon: --bridge --bip6 --fixed-cidr --fixed-cidr-v6 --default-gateway --default-gateway-v6 --ip-masq --ip-forward
        daemon: --host-gateway-ip --dns-search --dns-opt --default-network-opt
        """;

    [Fact]
    public void Whatever_is_meant_to_be_there_is_there_or_named_as_missing()
    {
        HashSet<string> named = Named();

        Assert.All(
            Words().Where(w => !IsThere(w.Path, w.Flag)).Select(Text),
            word => Assert.True(named.Contains(word.Split(' ')[^1]), $"docs/limits.md does not say that {word} is not there yet"));
    }

    [Fact]
    public void Nothing_that_is_there_is_named_as_missing()
    {
        // A word may be there for one command and be missing of another.
        HashSet<string> missing = [.. Words().Where(w => !IsThere(w.Path, w.Flag)).Select(w => Text(w).Split(' ')[^1])];
        HashSet<string> present = [.. Words().Where(w => IsThere(w.Path, w.Flag)).Select(w => Text(w).Split(' ')[^1])];

        Assert.DoesNotContain(Named(), word => present.Contains(word) && !missing.Contains(word) && !Headings.Contains(word));
    }

    // Words that say of what something is missing.
    private static readonly string[] Headings = ["run", "create", "network", "system", "connect", "--network"];

    private static string Text((string Path, string? Flag) word) => $"{word.Path} {word.Flag}".Trim();

    private static IEnumerable<(string Path, string? Flag)> Words() => Meant.Split('\n').SelectMany(line =>
    {
        string[] parts = line.Split(':');
        string[] flags = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return flags.Length == 0 ? [(parts[0], null)] : flags.Select(flag => (parts[0], (string?)flag));
    });

    private static bool IsThere(string path, string? flag)
    {
        Command? command = new CommandTree().Root;
        foreach (string name in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            command = command?.Subcommands.FirstOrDefault(c => c.Name == name);
        }

        return command is not null && (flag is null || command.Options.Any(o => o.Name == flag));
    }

    private static HashSet<string> Named()
    {
        string limits = File.ReadAllText(Path.Combine(Repository.Root, "docs", "limits.md"));
        string section = limits.Split("\n## Not there yet\n").ElementAtOrDefault(1)?.Split("\n## ")[0] ?? "";
        return [.. Code().Matches(section).SelectMany(m => m.Groups[1].Value.Split(' '))];
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
