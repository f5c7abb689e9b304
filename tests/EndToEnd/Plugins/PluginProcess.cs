using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Net.Tests.EndToEnd.Plugins;

/// <summary>A plug-in as a process of its own on a host (tests/TestPlugin). What it knows outlives it.</summary>
public sealed class PluginProcess : IDisposable
{
    private readonly TestHost _host;
    private readonly string[] _arguments;
    private Process? _process;

    private PluginProcess(TestHost host, string folder, string[] arguments)
    {
        _host = host;
        Folder = folder;
        _arguments = arguments;
    }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>What it was asked, in order: the methods.</summary>
    public IReadOnlyList<string> Methods => [.. Calls.Select(call => call.Method)];

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<(string Method, JsonNode? Body)> Calls =>
    [
        .. (File.Exists(Path.Combine(Folder, "calls")) ? File.ReadAllLines(Path.Combine(Folder, "calls")) : [])
            .Select(line => line.Split(' ', 2))
            .Select(words => (words[0], words[1].Length > 0 ? JsonNode.Parse(words[1]) : null)),
    ];

    /// <summary>The folder in which the daemon of a host is told to look for plug-ins.</summary>
    public static string FolderOf(TestHost host) => Path.Combine(host.Root, "plugins");

    /// <summary>Starts a plug-in whose socket is in the daemon's folder.</summary>
    public static PluginProcess Start(TestHost host, string name)
    {
        Directory.CreateDirectory(FolderOf(host));
        return Start(host, name, [$"unix:{Path.Combine(FolderOf(host), $"{name}.sock")}"]);
    }

    /// <summary>Starts plug-ins in one process, whose sockets are in the daemon's folder. The first of them kills and starts all.</summary>
    public static IReadOnlyList<PluginProcess> StartTogether(TestHost host, IReadOnlyList<string> names)
    {
        Directory.CreateDirectory(FolderOf(host));
        string[] folders = [.. names.Select(name => Directory.CreateDirectory(Path.Combine(host.Root, $"plugin-{name}")).FullName)];
        string[] sockets = [.. names.Select(name => Path.Combine(FolderOf(host), $"{name}.sock"))];
        string[] arguments = [.. sockets.Zip(folders).SelectMany(pair => (string[])[$"unix:{pair.First}", pair.Second])];
        PluginProcess[] plugins = [.. folders.Select(folder => new PluginProcess(host, folder, arguments))];
        plugins[0].Start();
        return plugins;
    }

    /// <summary>Starts a plug-in with an address, and the files of a certificate and its key, of one's own.</summary>
    public static PluginProcess Start(TestHost host, string name, params string[] address)
    {
        string folder = Directory.CreateDirectory(Path.Combine(host.Root, $"plugin-{name}")).FullName;
        var plugin = new PluginProcess(host, folder, [address[0], folder, .. address[1..]]);
        plugin.Start();
        return plugin;
    }

    /// <summary>Starts it again.</summary>
    public void Start()
    {
        string program = Path.Combine(
            TestHost.RepositoryRoot(), "tests", "TestPlugin", "bin", "Release", "net10.0", "Net.Tests.TestPlugin.dll");
        _process = _host.Start("dotnet", ["exec", program, .. _arguments]);
        string address = _arguments.Last(argument => argument.StartsWith("unix:", StringComparison.Ordinal)
            || argument.StartsWith("tcp:", StringComparison.Ordinal));
        TestHost.Eventually("the plug-in answers", () =>
        {
            Assert.False(_process.HasExited, "the plug-in ended");
            return address.StartsWith("unix:", StringComparison.Ordinal)
                ? _host.Run("sh", "-c", $"ss -xlH | grep -q '{address[5..]}'").ExitCode == 0
                : _host.Run("sh", "-c", $"ss -tlnH | grep -q ':{address[4..]} '").ExitCode == 0;
        });
    }

    /// <summary>Kills it.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Has methods misbehave from now on; none by default.</summary>
    public void Misbehave(params string[] faults) => File.WriteAllLines(Path.Combine(Folder, "faults"), faults);

    /// <summary>What it knows of a kind: networks, endpoints or pools.</summary>
    public IReadOnlyList<string> Known(string kind)
    {
        string file = Path.Combine(Folder, "state.json");
        return File.Exists(file) ? [.. (JsonNode.Parse(File.ReadAllText(file))![kind]?.AsObject() ?? []).Select(entry => entry.Key)] : [];
    }

    /// <summary>The addresses that are taken in a pool.</summary>
    public IReadOnlyList<string> Taken(string pool) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "state.json")))!["pools"]![pool]!.AsObject().Select(entry => entry.Key)];

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }
    }
}
