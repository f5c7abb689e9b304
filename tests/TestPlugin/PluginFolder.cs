using System.Text.Json;
using System.Text.Json.Nodes;

namespace Net.Tests.TestPlugin;

/// <summary>The files of the plug-in: what it knows, what it was asked, and how it is to misbehave.</summary>
internal sealed class PluginFolder(string path)
{
    private readonly Lock _gate = new();

    /// <summary>Notes a request: the method and its body, on one line.</summary>
    public void Note(string method, string body)
    {
        lock (_gate)
        {
            File.AppendAllText(Path.Combine(path, "calls"), $"{method} {body.ReplaceLineEndings("")}\n");
        }
    }

    /// <summary>How the method is to misbehave now; null when it is not.</summary>
    public string? FaultOf(string method)
    {
        string file = Path.Combine(path, "faults");
        return File.Exists(file)
            ? File.ReadAllLines(file).Select(line => line.Split(' ', 2)).LastOrDefault(line => line[0] == method)?[1]
            : null;
    }

    /// <summary>Reads and changes what it knows.</summary>
    public T Change<T>(Func<JsonObject, T> change)
    {
        lock (_gate)
        {
            string file = Path.Combine(path, "state.json");
            JsonObject state = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
            T result = change(state);
            File.WriteAllText($"{file}.new", state.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
            File.Move($"{file}.new", file, overwrite: true); // a reader finds the old text or the new one
            return result;
        }
    }
}
