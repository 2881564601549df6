{{- define "nirvana.name" -}}
{{- .Release.Name | replace "." "-" | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "nirvana.labels" -}}
app.kubernetes.io/name: nirvana-streams
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "nirvana.image" -}}
{{ .root.Values.image.repository }}{{ .component }}:{{ .root.Values.image.tag }}{{ if gt (int (default 0 .gpus)) 0 }}-cuda{{ end }}
{{- end -}}

{{- define "nirvana.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{/*
No token of the cluster, and no variables for the services beside the pod: those of a Kafka cluster named nirvana begin like the
program's own.
*/}}
{{- define "nirvana.podApart" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- end -}}

{{- define "nirvana.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* A value as the program reads it: a number of a values file would come out as 1.048576e+06. */}}
{{- define "nirvana.text" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ toJson . }}{{ end -}}
{{- end -}}

{{/* The secret with the client's settings: the component's own, else the one for all. */}}
{{- define "nirvana.configSecret" -}}
{{- $own := index .root.Values.kafka.configSecrets (default .component .user) -}}
{{- default .root.Values.kafka.configSecret $own -}}
{{- end -}}

{{- define "nirvana.environment" -}}
- {name: NIRVANA_BOOTSTRAP_SERVERS, value: {{ required "kafka.bootstrapServers is needed: HOST:PORT of a broker" .root.Values.kafka.bootstrapServers | quote }}}
- {name: NIRVANA_SCHEMA_REGISTRY_URL, value: {{ required "schemaRegistry.url is needed: a registry with Confluent's API" .root.Values.schemaRegistry.url | quote }}}
- {name: NIRVANA_TOPIC_PREFIX, value: {{ .root.Values.kafka.topicPrefix | quote }}}
- {name: NIRVANA_HEAP, value: {{ default "512m" .heap | quote }}}
{{- if include "nirvana.configSecret" . }}
- {name: NIRVANA_KAFKA_CONFIG, value: /etc/nirvana/kafka/client.properties}
{{- end }}
{{- end -}}

{{- define "nirvana.mounts" -}}
- {name: tmp, mountPath: /tmp}
{{- if include "nirvana.configSecret" . }}
- {name: kafka-config, mountPath: /etc/nirvana/kafka, readOnly: true}
{{- end }}
{{- end -}}

{{- define "nirvana.volumes" -}}
- name: tmp
  emptyDir: {}
{{- with include "nirvana.configSecret" . }}
- name: kafka-config
  secret: {secretName: {{ . }}}
{{- end }}
{{- end -}}

{{/* What may answer: the keys are a secret's, or the operator says that none are needed. */}}
{{- define "nirvana.trust" -}}
{{- if .Values.model.allowUnsigned }}
- "--allow-unsigned"
{{- end }}
{{- if .Values.model.trustedKeysSecret }}
- "--trusted-keys=/etc/nirvana/trusted/trusted.pem"
{{- else if not .Values.model.allowUnsigned }}
{{- fail "model.trustedKeysSecret is needed: a secret with the key trusted.pem (nirvana models keygen), or model.allowUnsigned" }}
{{- end }}
{{- end -}}

{{- define "nirvana.trustMounts" -}}
{{- if .Values.model.trustedKeysSecret }}
- {name: trusted-keys, mountPath: /etc/nirvana/trusted, readOnly: true}
{{- end }}
{{- end -}}

{{- define "nirvana.trustVolumes" -}}
{{- with .Values.model.trustedKeysSecret }}
- name: trusted-keys
  secret: {secretName: {{ . }}}
{{- end }}
{{- end -}}

{{/* Credentials that clients of other makers look for in the environment. */}}
{{- define "nirvana.environmentFrom" -}}
{{- with .Values.model.environmentSecret }}
envFrom:
  - secretRef: {name: {{ . }}}
{{- end }}
{{- end -}}

{{- define "nirvana.probes" -}}
startupProbe:
  httpGet: {path: /health/started, port: management}
  periodSeconds: 3
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/live, port: management}
  periodSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /health/ready, port: management}
  periodSeconds: 5
{{- end -}}

{{- define "nirvana.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{ toYaml . | indent 2 }}
{{- end }}
{{- end -}}
