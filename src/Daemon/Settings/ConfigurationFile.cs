using System.Text.Json;

namespace Net.Daemon.Settings;

/// <summary>The daemon's configuration file: one JSON object with Docker's keys (daemon.json), each of which sets what a flag
/// sets.</summary>
public static class ConfigurationFile
{
    /// <summary>The file that is read when none is named; it may be missing.</summary>
    public const string DefaultPath = "/etc/netctl/daemon.json";

    private const int MaximumBytes = 1 << 20;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The path as it was given; null for the default one; empty for no file.</param>
    /// <returns>The values of each setting that has a key in the file; a key with <c>null</c> counts as missing. Empty for no file and for
    /// an empty one.</returns>
    /// <exception cref="FormatException">The file is not there although it was named, cannot be read, is larger than 1 MiB, is not one JSON
    /// object, or has an unknown key or a value of another type; the message says what to do.</exception>
    public static IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> Read(string? path)
    {
        byte[]? content = path is "" ? null : ReadBytes(path ?? DefaultPath, isNamed: path is not null);
        return content is null ? new Dictionary<DaemonSetting, IReadOnlyList<SettingText>>() : Parse(content);
    }

    /// <summary>Parses the contents of a file.</summary>
    /// <exception cref="FormatException">As for <see cref="Read"/>.</exception>
    public static IReadOnlyDictionary<DaemonSetting, IReadOnlyList<SettingText>> Parse(ReadOnlyMemory<byte> content)
    {
        content = WithoutMark(content);
        var values = new Dictionary<DaemonSetting, IReadOnlyList<SettingText>>();
        if (content.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return values;
        }

        using JsonDocument document = ParseJson(content);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is not a JSON object; write one, such as {\"mtu\": 1400}");
        }

        var unknown = new List<string>();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (DaemonSettings.All.FirstOrDefault(setting => setting.Key == property.Name) is not { } setting)
            {
                unknown.Add(property.Name);
            }
            else if (ConfigurationValue.Read(setting, property.Value) is { } texts)
            {
                values[setting] = [.. texts.Select(text => new SettingText(text, $"\"{setting.Key}\" key"))];
            }
        }

        return unknown.Count == 0
            ? values
            : throw new FormatException(
                $"the following directives don't match any configuration option: {string.Join(", ", unknown)}; take them out, or write a "
                    + "key that is the name of a flag of netctl daemon without its dashes, in the plural where the flag can be repeated");
    }

    private static byte[]? ReadBytes(string path, bool isNamed)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var content = new MemoryStream();
            Span<byte> buffer = stackalloc byte[4096];
            while (file.Read(buffer) is > 0 and int count)
            {
                content.Write(buffer[..count]);
                if (content.Length > MaximumBytes)
                {
                    throw new FormatException("it is larger than 1 MiB; name the file that holds the settings");
                }
            }

            return content.ToArray();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return isNamed ? throw new FormatException("no such file; make it, or leave out --config-file", error) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"it cannot be read ({error.Message.TrimEnd('.')}); name another file with --config-file", error);
        }
    }

    /// <summary>The content without the byte order mark that some editors put in front (RFC 8259 8.1 lets a parser ignore it).</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        return content.Span.StartsWith(mark) ? content[mark.Length..] : content;
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            // The runtime's message ends with the place, counted from 0, in words of its own.
            string reason = error.Message.Split(" LineNumber:")[0].TrimEnd('.');
            string place = error is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $" in line {line + 1}, byte {position + 1}"
                : "";
            throw new FormatException($"it is not valid JSON{place} ({reason}); mend it there", error);
        }
    }
}
