namespace Net.Tests.Unit.Architecture;

/// <summary>The names of the directories below EXEC_ROOT stand in one file.</summary>
public sealed class ExecRootTests
{
    [Theory]
    [InlineData("netns")]
    [InlineData("containers")]
    [InlineData("shims")]
    public void Each_directory_below_the_exec_root_is_named_once(string directory)
    {
        IEnumerable<string> places = Repository.SourceFiles("src")
            .Where(file => File.ReadAllText(file).Contains($"\"{directory}\")", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains($"\"{directory}\",", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file));
        Assert.Equal(["Cnm/Sandboxes/ExecRoot.cs"], places);
    }
}
