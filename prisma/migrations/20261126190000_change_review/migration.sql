-- AlterEnum
ALTER TYPE "job_kind" ADD VALUE 'REVIEW';

-- CreateTable
CREATE TABLE "change_review" (
    "id" UUID NOT NULL,
    "cluster_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "request_fingerprint" TEXT NOT NULL,
    "verdict" TEXT,
    "report" BYTEA,
    "actor" TEXT NOT NULL,
    "git_repository" TEXT,
    "git_commit" TEXT,
    "git_ref" TEXT,
    "git_pull_request" INTEGER,
    "git_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_review_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "change_review_expires_at_idx" ON "change_review"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "change_review_cluster_id_idempotency_key_key" ON "change_review"("cluster_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "change_review" ADD CONSTRAINT "change_review_id_fkey" FOREIGN KEY ("id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_review" ADD CONSTRAINT "change_review_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language of Prisma cannot say.
ALTER TABLE "change_review"
  ADD CONSTRAINT "change_review_verdict_check" CHECK (
    ("verdict" IS NULL) = ("report" IS NULL) AND "verdict" IN ('PASSED', 'WARNED', 'FAILED')
  ),
  ADD CONSTRAINT "change_review_report_check" CHECK (octet_length("report") <= 16777216),
  ADD CONSTRAINT "change_review_git_check" CHECK (
    "git_repository" IS NOT NULL OR num_nonnulls("git_commit", "git_ref", "git_pull_request", "git_url") = 0
  );

-- It is gzipped already.
ALTER TABLE "change_review" ALTER COLUMN "report" SET STORAGE EXTERNAL;
