using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Net.Tests.Unit.Architecture;

/// <summary>A room references only the rooms whose names its code uses.</summary>
public sealed partial class UsedReferenceTests
{
    [Fact]
    public void Every_project_reference_of_a_room_is_used_by_one_of_its_files()
    {
        var unused = new List<string>();
        foreach ((string room, XDocument project) in Repository.Projects())
        {
            HashSet<string> used = [.. Repository.SourceFiles(Path.Combine("src", room))
                .SelectMany(static file => RoomName().Matches(File.ReadAllText(file)))
                .Select(static match => match.Groups["room"].Value)];
            unused.AddRange(Repository.ReferencesOf(project)
                .Where(reference => !used.Contains(reference))
                .Select(reference => $"{room} -> {reference}"));
        }

        Assert.Empty(unused);
    }

    /// <summary>A room in a using directive or a global name: <c>using Net.Cnm.Ports;</c>, <c>global::Net.Cnm</c>.</summary>
    [GeneratedRegex(@"(^\s*(global )?using (static )?(\w+ = )?|global::)Net\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex RoomName();
}
