using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>A step that writes one file below /proc/sys in a namespace.</summary>
internal sealed class SettingStep(ApplyPhase phase, DesiredObject subject, NamespaceRef @namespace, string path, string value)
    : Step(phase, subject, () => IpCommand.WriteSetting(@namespace, path, value))
{
    /// <summary>The namespace in which the file is written.</summary>
    public NamespaceRef Namespace => @namespace;

    /// <summary>The path below /proc/sys, with slashes.</summary>
    public string Path => path;

    /// <summary>The value to write.</summary>
    public string Value => value;

    /// <summary>The link whose setting it is; null for one of the namespace.</summary>
    public string? Link { get; init; }

    /// <summary>Whether the previous value is read, so that undo can restore it. It is not read where the link or the namespace was made in
    /// the same operation.</summary>
    public bool Undoable { get; init; }

    /// <summary>Receives the previous value before it is overwritten, when it is another one; null when it is not needed.</summary>
    public Action<string>? Remember { get; init; }
}
