using Net.Labs.Compose;
using Net.Labs.Compose.Models;

namespace Net.Tests.Unit.Labs;

/// <summary>Compose files in a folder of a test's own.</summary>
internal sealed class ComposeText : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-").FullName;

    public ComposeText(string text) => Add("compose.yaml", text);

    public Dictionary<string, string> Variables { get; } = [];

    public List<string> Profiles { get; } = [];

    public List<string> Files { get; } = [];

    public ComposeText Add(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ComposeProject Read() => ComposeReader.Read(new ComposeSource
    {
        Files = Files,
        ProjectName = "shop",
        Profiles = Profiles,
        Environment = Variables.GetValueOrDefault,
        WorkingDirectory = _folder,
    });

    public static ComposeProject Of(string text)
    {
        using var files = new ComposeText(text);
        return files.Read();
    }

    /// <summary>The message about a file that is wrong.</summary>
    public static string Fault(string text) => Assert.ThrowsAny<FormatException>(() => Of(text)).Message;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
