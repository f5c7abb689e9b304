using Net.Cli.CommandLines;
using Net.Cli.Manuals;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Cli.Manuals;

/// <summary>docs/reference is what the command tree says; with <c>UPDATE_GOLDEN=1</c> it is written.</summary>
public sealed class ReferenceTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "reference");

    [Fact]
    public void The_reference_is_made_from_the_command_tree()
    {
        IReadOnlyDictionary<string, string> files = Manual.InMarkdown(Manual.Of(new CommandTree().Root));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            if (Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }

            Directory.CreateDirectory(Folder);
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(Folder, name), text);
            }
        }

        Assert.Equal(
            files.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.True(
            File.ReadAllText(Path.Combine(Folder, file.Key)) == file.Value,
            $"docs/reference/{file.Key} is not what the command tree says; UPDATE_GOLDEN=1 writes it"));
    }
}
