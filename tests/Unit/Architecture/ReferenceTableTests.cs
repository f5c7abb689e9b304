using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Net.Tests.Unit.Architecture;

/// <summary>Which room may use which. Whoever needs a new arrow changes this table, and says why in that change.</summary>
public sealed partial class ReferenceTableTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Linux"] = [],
        ["Netlink"] = ["Linux"],
        ["Cnm"] = [],
        ["Kernel"] = ["Cnm", "Netlink", "Linux"],
        ["Firewall"] = ["Cnm", "Netlink", "Linux"],
        ["Drivers"] = ["Cnm"],
        ["Plugins"] = ["Cnm"],
        ["Dns"] = ["Linux"],
        ["Controller"] = ["Cnm", "Dns"],
        ["Api"] = [],
        ["Shims"] = ["Linux", "Cnm"],
        ["Shim"] = ["Shims"],
        ["Daemon"] = ["Linux", "Netlink", "Cnm", "Kernel", "Firewall", "Drivers", "Plugins", "Dns", "Controller", "Api", "Shims"],
        ["Labs"] = ["Api", "Linux"],
        ["Cli"] = ["Api", "Daemon", "Labs", "Linux"],
    };

    [Fact]
    public void Every_room_is_in_the_table() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Repository.Projects().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_room_references_what_the_table_does_not_allow()
    {
        var forbidden = new List<string>();
        foreach ((string room, XDocument project) in Repository.Projects())
        {
            foreach (string reference in Repository.ReferencesOf(project))
            {
                if (!Allowed.TryGetValue(room, out string[]? rooms) || !rooms.Contains(reference))
                {
                    forbidden.Add($"{room} -> {reference}");
                }
            }
        }

        Assert.Empty(forbidden);
    }

    // What only builds and tests, such as PacketDotNet, stays out of the native file. An analyzer is no part of what is built.
    [Fact]
    public void No_room_references_a_package_that_is_not_shipped()
    {
        IEnumerable<string> shipped = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("ItemGroup")
            .Where(group => group.Attribute("Label")?.Value == "Shipped")
            .SelectMany(group => group.Elements("PackageVersion"))
            .Select(package => package.Attribute("Include")!.Value);
        IEnumerable<string> referenced = Repository.Projects().Values.SelectMany(project => project.Descendants("PackageReference"))
            .Where(package => package.Attribute("PrivateAssets")?.Value != "all")
            .Select(package => package.Attribute("Include")!.Value);
        Assert.Equal(shipped.Order(StringComparer.Ordinal), referenced.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_allows_only_references_that_exist() => Assert.All(
        Repository.Projects(),
        project => Assert.Equal(
            Repository.ReferencesOf(project.Value).Order(StringComparer.Ordinal),
            Allowed[project.Key].Order(StringComparer.Ordinal)));

    [Fact]
    public void Only_the_firewall_the_shims_and_labs_start_programs()
    {
        string src = Path.Combine(Repository.Root, "src");
        IEnumerable<string> places = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Where(file => ProgramStart().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetDirectoryName(Path.GetRelativePath(src, file))!)
            .Where(folder => !folder.Split('/').Intersect(["obj", "bin"]).Any())
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(["Firewall/Programs", "Labs/Programs", "Linux/Processes", "Shims", "Shims/Commands"], places);
    }

    // A project sees what its references reference, so the compiler does not stop a room from using what it has no arrow to.
    [Fact]
    public void No_room_uses_names_of_a_room_that_the_table_does_not_allow()
    {
        var forbidden = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split('/');
            if (parts[1] is "obj" or "bin")
            {
                continue;
            }

            forbidden.AddRange(RoomName().Matches(File.ReadAllText(file))
                .Select(match => match.Groups["room"].Value)
                .Where(room => Allowed.ContainsKey(room) && room != parts[0] && !Allowed[parts[0]].Contains(room))
                .Select(room => $"{string.Join('/', parts)} uses Net.{room}"));
        }

        Assert.Empty(forbidden.Distinct());
    }

    [Fact]
    public void The_table_of_the_architecture_page_is_this_one()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        Dictionary<string, string> rows =
            TableRow().Matches(page).ToDictionary(row => row.Groups["room"].Value, row => row.Groups["uses"].Value, StringComparer.Ordinal);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(Allowed, room => Assert.Equal(
            room.Value.Order(StringComparer.Ordinal),
            (rows[room.Key] switch
            {
                "-" => [],
                "all but Cli, Labs and Shim" => Allowed.Keys.Except(["Cli", "Labs", "Shim", room.Key]),
                var uses => uses.Split(", "),
            }).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Only_Linux_allows_unsafe_code()
    {
        IEnumerable<string> shared = Directory.EnumerateFiles(Repository.Root, "Directory.Build.*")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "Directory.Build.*"));
        Assert.All(shared, file => Assert.DoesNotContain(XDocument.Load(file).Descendants(), e => e.Name.LocalName == "AllowUnsafeBlocks"));
        Assert.Equal(
            ["Linux"],
            Repository.Projects()
                .Where(p => p.Value.Descendants().Any(e => e.Name.LocalName == "AllowUnsafeBlocks"))
                .Select(p => p.Key));
    }

    [GeneratedRegex(@"(^\s*(global )?using (static )?(\w+ = )?|global::)Net\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex RoomName();

    [GeneratedRegex(@"\b(ProcessStartInfo|Process\.Start|ChildProcess\.Spawn|Glibc\.posix_spawn\()")]
    private static partial Regex ProgramStart();

    [GeneratedRegex(@"^\| `src/(?<room>\w+)` \|.*\| (?<uses>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
